import { sql } from 'kysely'
import { expect, it } from 'vitest'
import {
  describeBothKinds,
  describeOneDatabase,
  describeOneServer,
} from '../../../../tests/databases/describe-databases.ts'
import type { DatabaseTarget } from '../../../../tests/databases/make-database.ts'
import { withClient } from '../../../../tests/databases/with-client.ts'
import { migrated } from '../../../../tests/flows/testing/open-ops.ts'
import { actorSchema } from '../catalog/actor.ts'
import { OpsError } from '../errors/ops-error.ts'
import { eraseOrg } from '../store/erase-org.ts'
import { commitStep, openRun, operationOf } from './commit-step.ts'
import { takeClaim } from './run-claim.ts'
import { appendKind, type StepHook } from './testing/append-kind.ts'
import { openRunWorld, type RunWorld } from './testing/run-world.ts'

async function openWorld(target: DatabaseTarget, onStep?: StepHook, leaseMs?: number, runsPerOrg?: number) {
  const world = await openRunWorld(target, [appendKind(onStep)], leaseMs, runsPerOrg)
  const present = (await world.acme.tables.list()).items[0]
  const table = present ?? (await world.acme.tables.create({ name: 'Log', columns: [{ name: 'Name', type: 'text' }] }))
  return {
    ...world,
    tableId: table.id,
    start: async (input: { rows: number; perStep: number }): Promise<string> => {
      const id = await world.queue(table.id, 'append', input)
      world.session.wakeRun(id)
      return id
    },
  }
}

async function names(world: RunWorld, tableId: string): Promise<string[]> {
  const all: string[] = []
  for await (const page of world.acme.rows.pages(tableId, { limit: 1_000 }))
    all.push(...page.map(({ cells }) => String(cells.name)))
  return all
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => `row ${n}`)

/** A promise that a test settles. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { passed: promise, open: resolve }
}

describeBothKinds('runs', (makeDatabase) => {
  it('are worked on at once, step by step, as one operation that one undo takes back', async () => {
    await using database = await makeDatabase(migrated)
    await using world = await openWorld(database)
    const id = await world.start({ rows: 50, perStep: 8 })
    const run = await world.acme.runs.wait(id)
    expect(run).toMatchObject({
      state: 'done',
      kind: 'append',
      tableId: world.tableId,
      error: null,
      actor: { type: 'user', id: 'u1' },
      progress: { done: 50, total: 50, counts: { created: 50 }, remainingMs: 0, rowsPerSecond: expect.any(Number) },
    })
    expect(await names(world, world.tableId)).toEqual(numbered(50))
    expect((await world.acme.undoState()).undo).toMatchObject({ operation: run.operation, rows: 50 })
    await world.acme.undo()
    expect(await names(world, world.tableId)).toEqual([])
  })

  it('are let go after the step under way when the process stops, and taken up by the next that looks for them', async () => {
    await using database = await makeDatabase(migrated)
    let id = ''
    let tableId = ''
    {
      const inStep = gate()
      await using world = await openWorld(database, (step) => {
        if (step === 2) inStep.open()
      })
      tableId = world.tableId
      id = await world.start({ rows: 3_000, perStep: 10 })
      await inStep.passed
      await world.runner.stop()
      expect((await world.acme.runs.get(id)).state).toBe('queued')
    }
    await using next = await openWorld(database)
    next.startWorker()
    expect((await next.acme.runs.wait(id)).state).toBe('done')
    expect(await names(next, tableId)).toEqual(numbered(3_000))
  })

  it('are listed newest first, by table, kind and state, page by page', async () => {
    await using database = await makeDatabase(migrated)
    await using world = await openWorld(database)
    const ids: string[] = []
    for (let n = 0; n < 5; n += 1) ids.push(await world.queue(world.tableId, 'append', { rows: 1, perStep: 1 }))
    const other = await world.acme.tables.create({ name: 'Other' })
    await world.acme.runs.cancel(ids[0] ?? '')
    const first = await world.acme.runs.list({ tableId: world.tableId, kind: 'append', states: ['queued'], limit: 3 })
    const second = await world.acme.runs.list({ states: ['queued'], cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.slice(1).reverse())
    expect(second.nextCursor).toBeNull()
    expect((await world.acme.runs.list({ tableId: other.id })).items).toEqual([])
  })

  it('let a process that lost its claim commit nothing', async () => {
    await using database = await makeDatabase(migrated)
    await using world = await openWorld(database)
    const id = await world.queue(world.tableId, 'append', { rows: 20, perStep: 10 })
    const slow = await takeClaim(world.database, { orgId: 'acme', id }, { leaseMs: 1 })
    if (slow === undefined || slow === 'full') throw new Error('The run is free')
    world.startWorker()
    expect((await world.acme.runs.wait(id)).state).toBe('done')
    const log = operationOf(slow.record, world.session.actor)
    const underWay = { claim: slow, kind: appendKind(), session: world.session, tableId: world.tableId, log }
    await expect(
      commitStep(
        underWay,
        { record: slow.record, run: openRun(slow.record, world.tableId, underWay.kind) },
        undefined,
        () => 0,
        () => false,
      ),
    ).rejects.toMatchObject({ code: 'CONFLICT' })
    await slow.fail(new OpsError('INTERNAL', 'Too late.'))
    await expect(slow.release()).rejects.toMatchObject({ code: 'CONFLICT' })
    expect((await world.acme.runs.get(id)).state).toBe('done')
    expect(await names(world, world.tableId)).toEqual(numbered(20))
  })

  it('are given up once the processes that work on them keep ending at one place', async () => {
    await using database = await makeDatabase(migrated)
    await using world = await openWorld(database)
    const id = await world.queue(world.tableId, 'append', { rows: 20, perStep: 10 })
    await world.session.write({}, ({ tx }) =>
      tx.db.updateTable('runs').set({ attempt: 20 }).where('id', '=', id).execute(),
    )
    world.session.wakeRun(id)
    expect(await world.acme.runs.wait(id)).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } })
  })
})

describeOneDatabase('runs', (makeDatabase) => {
  it('tell of each step to who watches them', async () => {
    await using database = await makeDatabase(migrated)
    await using world = await openWorld(database)
    const id = await world.queue(world.tableId, 'append', { rows: 40, perStep: 1 })
    const seen: string[] = []
    for await (const { state, progress } of world.acme.runs.watch(id)) {
      if (seen.length === 0) world.session.wakeRun(id)
      seen.push(`${state} ${progress.done}`)
    }
    expect(seen[0]).toBe('queued 0')
    expect(seen.at(-1)).toBe('done 40')
    expect(seen.length).toBeGreaterThan(2)
  })

  it('are paused after the step under way, and go on where they stopped', async () => {
    await using database = await makeDatabase(migrated)
    const inStep = gate()
    await using world = await openWorld(database, async (step) => {
      if (step === 2) inStep.open()
    })
    const id = await world.start({ rows: 4_000, perStep: 10 })
    await inStep.passed
    await world.acme.runs.pause(id)
    const paused = await world.acme.runs.wait(id)
    expect(paused).toMatchObject({ state: 'paused', requested: null })
    expect(paused.progress.done).toBeLessThan(4_000)
    expect(await names(world, world.tableId)).toEqual(numbered(paused.progress.done))
    await world.acme.runs.resume(id)
    expect((await world.acme.runs.wait(id)).state).toBe('done')
    expect(await names(world, world.tableId)).toEqual(numbered(4_000))
  })

  it('are cancelled for good, and what they wrote stays until it is undone', async () => {
    await using database = await makeDatabase(migrated)
    const inStep = gate()
    await using world = await openWorld(database, async (step) => {
      if (step === 2) inStep.open()
    })
    const id = await world.start({ rows: 4_000, perStep: 10 })
    await inStep.passed
    await world.acme.runs.cancel(id)
    const cancelled = await world.acme.runs.wait(id)
    expect(cancelled).toMatchObject({ state: 'cancelled', endedAt: expect.any(String) })
    expect(await names(world, world.tableId)).toEqual(numbered(cancelled.progress.done))
    await expect(world.acme.runs.resume(id)).rejects.toMatchObject({ code: 'CONFLICT' })
    await world.acme.undoOperation(cancelled.operation)
    expect(await names(world, world.tableId)).toEqual([])
  })

  it('are cancelled by who takes back what they write', async () => {
    await using database = await makeDatabase(migrated)
    const inStep = gate()
    await using world = await openWorld(database, async (step) => {
      if (step === 2) inStep.open()
    })
    const id = await world.start({ rows: 100_000, perStep: 10 })
    await inStep.passed
    await world.acme.undo()
    expect((await world.acme.runs.get(id)).state).toBe('cancelled')
    expect(await names(world, world.tableId)).toEqual([])
  })

  it('fail with the reason, and go on from the last step once it is gone', async () => {
    await using database = await makeDatabase(migrated)
    let broken = true
    await using world = await openWorld(database, (step) => {
      if (step === 2 && broken) throw new OpsError('INVALID_VALUE', 'The third step has a fault.')
    })
    const id = await world.start({ rows: 30, perStep: 6 })
    expect(await world.acme.runs.wait(id)).toMatchObject({
      state: 'failed',
      error: { code: 'INVALID_VALUE', message: 'The third step has a fault.' },
      progress: { done: 12 },
    })
    broken = false
    await world.acme.runs.resume(id)
    expect(await world.acme.runs.wait(id)).toMatchObject({ state: 'done', error: null })
    expect(await names(world, world.tableId)).toEqual(numbered(30))
  })

  it('run a step again whose error may pass, and it counts once', async () => {
    await using database = await makeDatabase(migrated)
    let contended = 2
    await using world = await openWorld(database, (step) => {
      if (step === 1 && contended-- > 0) throw new OpsError('CONTENTION', 'Two steps stood in each other’s way.')
    })
    const id = await world.start({ rows: 30, perStep: 10 })
    expect(await world.acme.runs.wait(id)).toMatchObject({ state: 'done', progress: { done: 30 } })
    expect(await names(world, world.tableId)).toEqual(numbered(30))
  })

  it('of a deleted table fail, and go on when it is restored', async () => {
    await using database = await makeDatabase(migrated)
    await using world = await openWorld(database)
    const id = await world.queue(world.tableId, 'append', { rows: 10, perStep: 5 })
    await world.acme.tables.delete(world.tableId)
    world.session.wakeRun(id)
    expect(await world.acme.runs.wait(id)).toMatchObject({ state: 'failed', error: { code: 'NOT_FOUND' } })
    await world.acme.tables.restore(world.tableId)
    await world.acme.runs.resume(id)
    expect((await world.acme.runs.wait(id)).state).toBe('done')
  })

  it('end with their org, which they do not make anew', async () => {
    await using database = await makeDatabase(migrated)
    const inStep = gate()
    await using world = await openWorld(database, (step) => {
      if (step === 2) inStep.open()
    })
    const id = await world.start({ rows: 100_000, perStep: 10 })
    await inStep.passed
    await eraseOrg(world.database, 'acme')
    world.session.wakeRun(id)
    await world.runner.stop()
    const orgs = await world.database.transaction({ scope: { kind: 'system' }, mode: 'read' }, ({ db }) =>
      db.selectFrom('orgs').select('org_id').execute(),
    )
    expect(orgs).toEqual([])
  })

  it('refuse what no run can do, and do not tell the runs of others from none', async () => {
    await using database = await makeDatabase(migrated)
    await using world = await openWorld(database)
    const id = await world.start({ rows: 1, perStep: 1 })
    await world.acme.runs.wait(id)
    await expect(world.acme.runs.pause(id)).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(world.acme.runs.cancel(id)).rejects.toMatchObject({ code: 'CONFLICT' })
    for (const absent of ['', 'run_zzzzzzzzzzzzzzzzz', '\0', "'; drop table runs; --"])
      await expect(world.acme.runs.get(absent)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('stop waiting when the signal says so', async () => {
    await using database = await makeDatabase(migrated)
    await using world = await openWorld(database)
    const id = await world.queue(world.tableId, 'append', { rows: 1, perStep: 1 })
    const stopping = new AbortController()
    const waiting = world.acme.runs.wait(id, { signal: stopping.signal })
    stopping.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
  })

  it('write in the name of who started them', async () => {
    await using database = await makeDatabase(migrated)
    await using world = await openWorld(database)
    const id = await world.start({ rows: 1, perStep: 1 })
    const { actor } = await world.acme.runs.wait(id)
    expect(actorSchema.parse(actor)).toEqual({ type: 'user', id: 'u1' })
    const [row] = (await world.acme.rows.page(world.tableId)).rows
    expect(row?.createdBy).toBe('user:u1')
  })
})

describeOneServer('runs of several processes', (makeDatabase) => {
  it('are worked on by one at a time, and by as many as an org may have, however many want to', {
    timeout: 60_000,
  }, async () => {
    await using database = await makeDatabase(migrated)
    const atOnce: number[] = []
    const look: StepHook = async (_step, { tx }) => {
      const [running] = await tx.all(
        sql<{ count: number }>`select count(*)::int as count from opslayer.runs where state = 'running'`,
      )
      atOnce.push(running?.count ?? 0)
    }
    const open = () => openWorld(database, look, 20_000, 2)
    await using one = await open()
    await using two = await open()
    await using three = await open()
    const ids: string[] = []
    for (let n = 0; n < 6; n += 1) ids.push(await one.queue(one.tableId, 'append', { rows: 40, perStep: 4 }))
    for (const world of [one, two, three]) world.startWorker()
    for (const id of ids) expect((await two.acme.runs.wait(id)).state).toBe('done')
    const written = (await names(one, one.tableId)).sort()
    expect(written).toEqual(ids.flatMap(() => numbered(40)).sort())
    expect(Math.max(...atOnce)).toBe(2)
  })

  it('go on in another process once the claim of a killed one has run out', async () => {
    await using database = await makeDatabase(migrated)
    await using world = await openWorld(database)
    const id = await world.queue(world.tableId, 'append', { rows: 20, perStep: 10 })
    const killed = await takeClaim(world.database, { orgId: 'acme', id }, { leaseMs: 3_600_000 })
    if (killed === undefined || killed === 'full') throw new Error('The run is free')
    world.session.wakeRun(id)
    world.startWorker()
    expect((await world.acme.runs.get(id)).state).toBe('running')
    await withClient(database.url, (client) => client.query('update opslayer.runs set lease_until = clock_timestamp()'))
    expect((await world.acme.runs.wait(id)).state).toBe('done')
  })

  it('go on after the connection broke in the middle of a step', async () => {
    await using database = await makeDatabase(migrated)
    let broken = false
    await using world = await openWorld(database, async (step, { tx }) => {
      if (step !== 1 || broken) return
      broken = true
      const [backend] = await tx.all(sql<{ pid: number }>`select pg_backend_pid() as pid`)
      await withClient(database.url, (client) => client.query('select pg_terminate_backend($1)', [backend?.pid]))
    })
    const id = await world.start({ rows: 30, perStep: 10 })
    expect(await world.acme.runs.wait(id)).toMatchObject({ state: 'done', progress: { done: 30 } })
    expect(await names(world, world.tableId)).toEqual(numbered(30))
  })
})
