import { createOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeDatabases, describeOneDatabase } from '../databases/describe-databases.ts'
import { ledgerPeople } from './testing/ledger-vendor.ts'
import { ledgerOpsOptions, openLedger } from './testing/open-ledger.ts'
import { databaseOption } from './testing/open-ops.ts'

const source = { plugin: 'ledger', part: 'people' } as const
type World = Awaited<ReturnType<typeof openLedger>>

async function emails({ acme }: World, tableId: string): Promise<string[]> {
  const { rows } = await acme.rows.page(tableId, { limit: 1_000 })
  return rows.map(({ cells }) => String(cells.email))
}

describeDatabases('sources', (makeDatabase) => {
  it('are read page by page into a new table, as one operation, and again without a twin', async () => {
    await using world = await openLedger(makeDatabase, ledgerPeople(34))
    const { acme, connectionId } = world
    const run = await acme.runs.wait(
      (await acme.sources.start(null, { ...source, connectionId, tableName: 'Leads' })).id,
    )
    expect(run).toMatchObject({
      kind: 'source',
      state: 'done',
      progress: { done: 34, counts: { created: 34, failed: 0 } },
    })
    const tableId = run.tableId ?? ''
    const table = await acme.tables.get(tableId)
    expect(table.name).toBe('Leads')
    expect(table.columns.map(({ key, type }) => [key, type])).toEqual([
      ['email', 'email'],
      ['stage', 'dropdown'],
      ['changed', 'datetime'],
    ])
    const { rows } = await acme.rows.page(tableId, { limit: 1 })
    expect(rows[0]).toMatchObject({ externalKey: 'p0', cells: { email: 'person0@example.com' } })
    expect(await acme.rows.distinct(tableId, { column: 'stage' })).toMatchObject([{ count: 17 }, { count: 17 }])
    const again = await acme.runs.wait((await acme.sources.start(tableId, { ...source, connectionId })).id)
    expect(again.progress.counts).toMatchObject({ created: 0, updated: 0, unchanged: 34 })
    expect((await acme.tables.get(tableId)).columns).toHaveLength(3)
    await acme.undo()
    expect((await acme.tables.list()).items).toEqual([])
  })
})

describeOneDatabase('sources', (makeDatabase) => {
  it('go into columns that are named, and leave the others', async () => {
    await using world = await openLedger(makeDatabase, ledgerPeople(3))
    const { acme, connectionId } = world
    const columns = [
      { name: 'Mail', type: 'text' },
      { name: 'Twice', formula: 'UPPER(@Mail)' },
    ]
    const { id: tableId } = await acme.tables.create({ name: 'Leads', columns })
    const run = await acme.sources.start(tableId, {
      ...source,
      connectionId,
      columns: { email: 'mail', changed: null },
    })
    await acme.runs.wait(run.id)
    const { rows } = await acme.rows.page(tableId, { limit: 1 })
    expect(rows[0]?.cells).toMatchObject({
      mail: 'person0@example.com',
      twice: 'PERSON0@EXAMPLE.COM',
      changed: expect.any(String),
    })
    for (const [refused, code] of [
      [{ columns: { email: 'twice' } }, 'INVALID_INPUT'],
      [{ columns: { email: 'mail', changed: 'mail' } }, 'INVALID_INPUT'],
      [{ columns: { nothing: null } }, 'INVALID_INPUT'],
      [{ columns: {} }, 'INVALID_INPUT'],
      [{ columns: { email: 'nowhere' } }, 'NOT_FOUND'],
      [{ settings: { list: 7 } }, 'INVALID_INPUT'],
      [{ connectionId: undefined }, 'INVALID_INPUT'],
      [{ connectionId: 'con_zzzzzzzzzzzzzzzz' }, 'NOT_FOUND'],
      [{ part: 'persons' }, 'NOT_FOUND'],
    ] as const)
      await expect(
        acme.sources.start(tableId, { ...source, connectionId, ...refused }),
        JSON.stringify(refused),
      ).rejects.toMatchObject({ code })
  })

  it('let records that do not fit fail alone, and tell why with examples', async () => {
    const people = [
      ...ledgerPeople(12),
      { id: 'odd', email: 7, changed: '' },
      { id: '', email: 'x@example.com', changed: '2026-11-01T09:00:00Z' },
    ]
    await using world = await openLedger(makeDatabase, [
      ...people,
      ...ledgerPeople(1, { id: 'bad', email: 'no address' }),
    ])
    const { acme, connectionId } = world
    const run = await acme.runs.wait((await acme.sources.start(null, { ...source, connectionId })).id)
    expect(run).toMatchObject({
      state: 'done',
      progress: { done: 15, counts: { created: 13, failed: 2, warnings: 1 } },
    })
    expect(await acme.sources.problems(run.id)).toEqual([
      { kind: 'record', field: 'email', message: expect.stringContaining('expected string'), count: 1, records: [] },
      { kind: 'record', field: 'key', message: 'The record has no key.', count: 1, records: [] },
      { kind: 'cell', field: 'email', message: expect.any(String), count: 1, records: ['bad'] },
    ])
  })

  it('go on after pages that the vendor cut off, throttled and failed, without loss or twin', async () => {
    await using world = await openLedger(makeDatabase, ledgerPeople(30))
    const { acme, connectionId, vendor } = world
    vendor.faults.add({ kind: 'cut', when: 'after-effect', after: 1 })
    vendor.faults.add({ kind: 'answer', answer: { status: 429, headers: { 'retry-after': '0' } }, after: 2 })
    vendor.faults.add({ kind: 'answer', answer: { status: 503 }, after: 3 })
    const run = await acme.runs.wait((await acme.sources.start(null, { ...source, connectionId })).id)
    expect(run).toMatchObject({ state: 'done', progress: { counts: { created: 30 } } })
    expect(new Set(await emails(world, run.tableId ?? '')).size).toBe(30)
  })

  it('show their first rows before anything is written', async () => {
    await using world = await openLedger(makeDatabase, [...ledgerPeople(1), { id: 'odd' }])
    const { acme, connectionId } = world
    expect(await acme.sources.preview({ ...source, connectionId })).toEqual({
      rows: [{ key: 'p0', cells: { email: 'person0@example.com', stage: 'Lead', changed: '2026-11-01T09:00:00Z' } }],
      faults: [{ field: 'email', message: expect.any(String) }],
    })
  })
})

describeDatabases('feeds', (makeDatabase) => {
  it('read all once, then what has changed, and delete what is gone if asked to', async () => {
    await using world = await openLedger(makeDatabase, ledgerPeople(25))
    const { acme, connectionId, vendor } = world
    const feed = await acme.sources.create(null, { ...source, connectionId, gone: 'delete' })
    expect(feed).toMatchObject({ name: 'People', incremental: true, since: null, fault: null, columnsLeft: [] })
    await acme.runs.wait((await acme.sources.sync(feed.id)).id)
    expect(await emails(world, feed.tableId)).toHaveLength(25)
    vendor.state.people.splice(0, 2)
    vendor.state.people.push(...ledgerPeople(1, { id: 'new', changed: '2199-01-01T00:00:00Z' }))
    const changed = await acme.runs.wait((await acme.sources.sync(feed.id)).id)
    expect(changed).toMatchObject({ kind: 'sync', progress: { done: 1, counts: { created: 1, deleted: 0 } } })
    const full = await acme.runs.wait((await acme.sources.sync(feed.id, { full: true })).id)
    expect(full.progress).toMatchObject({ done: 24, counts: { unchanged: 24, deleted: 2 } })
    expect(await emails(world, feed.tableId)).toHaveLength(24)
    expect(await acme.sources.get(feed.id)).toMatchObject({ runId: full.id, since: expect.any(String) })
    await acme.undoOperation(full.operation)
    expect(await emails(world, feed.tableId)).toHaveLength(26)
  })

  it('delete nothing of what they could not read, nor rows of others', async () => {
    await using world = await openLedger(makeDatabase, ledgerPeople(5))
    const { acme, connectionId, vendor } = world
    const feed = await acme.sources.create(null, { ...source, connectionId, gone: 'delete' })
    await acme.runs.wait((await acme.sources.sync(feed.id)).id)
    await acme.rows.insert(feed.tableId, [{ cells: { email: 'own@example.com' } }])
    vendor.state.people.splice(0, 5, ...ledgerPeople(5).map(({ email: _, ...rest }) => rest))
    const drifted = await acme.runs.wait((await acme.sources.sync(feed.id, { full: true })).id)
    expect(drifted).toMatchObject({ state: 'done', progress: { counts: { failed: 5, deleted: 0 } } })
    expect(await acme.sources.problems(drifted.id)).toMatchObject([{ kind: 'record', field: 'email', count: 5 }])
    expect(await emails(world, feed.tableId)).toHaveLength(6)
    vendor.state.people.splice(0, 5)
    await acme.runs.wait((await acme.sources.sync(feed.id, { full: true })).id)
    expect(await emails(world, feed.tableId)).toEqual(['own@example.com'])
  })
})

describeOneDatabase('feeds', (makeDatabase) => {
  it('have one run at a time, pause for refused credentials and go on when they are good again', async () => {
    await using world = await openLedger(makeDatabase, ledgerPeople(25))
    const { acme, connectionId, vendor } = world
    const feed = await acme.sources.create(null, { ...source, connectionId })
    vendor.faults.add({ kind: 'answer', answer: { status: 401 }, after: 1 })
    const [first, second] = [await acme.sources.sync(feed.id), await acme.sources.sync(feed.id)]
    expect(second.id).toBe(first.id)
    const paused = await acme.runs.wait(first.id)
    expect(paused).toMatchObject({ state: 'paused', error: { code: 'CREDENTIALS_REFUSED' } })
    expect((await acme.sources.get(feed.id)).fault).toContain('Reconnect')
    await acme.connections.reconnect(connectionId, { credentials: { key: 'ledger-key-1' } })
    await acme.runs.resume(first.id)
    expect(await acme.runs.wait(first.id)).toMatchObject({ state: 'done', progress: { counts: { created: 25 } } })
  })

  it('tell what no longer fits after an upgrade of their plugin, and go on when it does', async () => {
    await using world = await openLedger(makeDatabase, ledgerPeople(4))
    const { acme, connectionId, vendor, target } = world
    const feed = await acme.sources.create(null, { ...source, connectionId })
    await acme.runs.wait((await acme.sources.sync(feed.id)).id)
    if (target.kind !== 'server') return
    await using later = createOps({
      ...ledgerOpsOptions(vendor.url, { later: true }),
      database: databaseOption(target),
    })
    const org = later.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
    expect(await org.sources.get(feed.id)).toMatchObject({
      fault: expect.stringContaining('region'),
      columnsLeft: ['phone'],
    })
    await expect(org.sources.sync(feed.id)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await org.sources.update(feed.id, {
      settings: { list: 'all', region: 'eu' },
      columns: { email: 'email', phone: null },
    })
    const run = await org.runs.wait((await org.sources.sync(feed.id)).id)
    expect(run).toMatchObject({ state: 'done', progress: { counts: { unchanged: 4 } } })
    expect(await org.sources.get(feed.id)).toMatchObject({ fault: null, columnsLeft: ['stage', 'changed'] })
  })

  it('go on without a column that somebody deleted, and say so', async () => {
    await using world = await openLedger(makeDatabase, ledgerPeople(4))
    const { acme, connectionId } = world
    const feed = await acme.sources.create(null, { ...source, connectionId })
    const stage = (await acme.tables.get(feed.tableId)).columns.find(({ key }) => key === 'stage')
    await acme.columns.delete(feed.tableId, stage?.id ?? '')
    const run = await acme.runs.wait((await acme.sources.sync(feed.id)).id)
    expect(run).toMatchObject({ state: 'done', progress: { counts: { created: 4 } } })
    expect(await acme.sources.problems(run.id)).toMatchObject([{ kind: 'column', field: 'stage', count: 1 }])
    await acme.sources.delete(feed.id)
    expect((await acme.sources.list({ tableId: feed.tableId })).items).toEqual([])
    await expect(acme.sources.get(feed.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await emails(world, feed.tableId)).toHaveLength(4)
  })
})
