import { createOps, type OrgOps } from '@opslayer/core'
import { expect, it } from 'vitest'
import { describeBothKinds, describeOneDatabase } from '../databases/describe-databases.ts'
import { databaseOption, migrated, openOps } from './testing/open-ops.ts'

const user = { type: 'user', id: 'u1' } as const

async function makeNumbers(acme: OrgOps, rowCount: number): Promise<string> {
  const { id } = await acme.tables.create({ name: 'Numbers', columns: [{ name: 'N', type: 'number' }] })
  await acme.rows.load(
    id,
    Array.from({ length: rowCount }, (_, n) => ({ cells: { n } })),
  )
  return id
}

async function backfillOf(acme: OrgOps, tableId: string) {
  const { items } = await acme.runs.list({ tableId, kind: 'backfill' })
  const [run] = items
  if (run === undefined) throw new Error('There is no run.')
  return run
}

async function countOf(acme: OrgOps, tableId: string, state: 'queued' | 'stale' | 'done' | 'failed'): Promise<number> {
  return (await acme.rows.count(tableId, { filter: { column: 'twice', state }, exact: true })).count
}

describeBothKinds('filling a formula’s column', (makeDatabase, database) => {
  // A few steps of a run, which are smaller on the embedded database.
  const rowCount = database === 'embedded' ? 12_001 : 100_001

  it('goes on beside reads and writes, shows how far it is, and ends with every cell', {
    timeout: 60_000,
  }, async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const id = await makeNumbers(acme, rowCount)
    const made = await acme.columns.create(id, { name: 'Twice', formula: '@n * 2' })
    expect(made.formula?.filling).toBe(true)
    const run = await backfillOf(acme, id)
    // Whoever writes a row computes its cells, wherever the run is.
    const last = (await acme.rows.page(id, { sort: [{ column: 'n', dir: 'desc' }], limit: 1 })).rows[0]?.id ?? ''
    await acme.rows.update(id, [{ id: last, cells: { n: 50 } }])
    expect((await acme.rows.get(id, last)).cells.twice).toBe(100)
    const inserted = await acme.rows.insert(id, [{ cells: { n: 7 } }])
    expect(inserted.rows[0]?.cells).toEqual({ n: 7, twice: 14 })
    const done = await acme.runs.wait(run.id)
    expect(done.state).toBe('done')
    expect(done.progress.done).toBeGreaterThanOrEqual(rowCount)
    expect((await acme.tables.get(id)).columns[1]?.formula?.filling).toBe(false)
    expect(await countOf(acme, id, 'done')).toBe(rowCount + 1)
    const { aggregates } = await acme.rows.summary(id, {
      aggregates: [
        { column: 'n', aggregate: 'sum' },
        { column: 'twice', aggregate: 'sum' },
      ],
    })
    expect(Number(aggregates[1])).toBe(Number(aggregates[0]) * 2)
  })

  it('is paused, shows what is queued and what is stale, goes on, and is cancelled', { timeout: 60_000 }, async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const id = await makeNumbers(acme, rowCount)
    const { id: columnId } = await acme.columns.create(id, { name: 'Twice', formula: '@n * 2' })
    await acme.runs.pause((await backfillOf(acme, id)).id)
    const paused = await acme.runs.wait((await backfillOf(acme, id)).id)
    if (paused.state === 'paused') {
      const queued = await countOf(acme, id, 'queued')
      expect(queued).toBeGreaterThan(0)
      const { rows } = await acme.rows.page(id, { filter: { column: 'twice', state: 'queued' }, limit: 1 })
      expect(rows[0]?.states).toEqual({ twice: { state: 'queued' } })
      await acme.runs.resume(paused.id)
      await acme.runs.wait(paused.id)
    }
    expect(await countOf(acme, id, 'done')).toBe(rowCount)
    await acme.columns.update(id, columnId, { formula: '@n * 3' })
    const again = await backfillOf(acme, id)
    await acme.runs.cancel(again.id).catch(() => {}) // It may be done already.
    const cancelled = await acme.runs.wait(again.id)
    if (cancelled.state === 'cancelled') {
      expect(await countOf(acme, id, 'stale')).toBeGreaterThan(0)
      const stale = (await acme.rows.page(id, { filter: { column: 'twice', state: 'stale' }, limit: 1 })).rows[0]
      expect(stale?.states).toEqual({ twice: { state: 'stale' } })
      // An earlier result is better than none.
      expect(stale?.cells.twice).toBe(Number(stale?.cells.n) * 2)
      await acme.formulas.recompute(id)
      await acme.runs.wait((await backfillOf(acme, id)).id)
    }
    expect(await countOf(acme, id, 'done')).toBe(rowCount)
    expect((await acme.rows.page(id, { limit: 2 })).rows[1]?.cells.twice).toBe(3)
  })

  it('is taken up by another process where one stopped', { timeout: 60_000 }, async () => {
    await using database = await makeDatabase(migrated)
    let id = ''
    {
      await using ops = createOps({ database: databaseOption(database) })
      const acme = ops.forOrg({ orgId: 'acme', actor: user })
      id = await makeNumbers(acme, rowCount)
      await acme.columns.create(id, { name: 'Twice', formula: '@n * 2' })
    }
    await using ops = createOps({ database: databaseOption(database) })
    const acme = ops.forOrg({ orgId: 'acme', actor: user })
    await using _worker = ops.startWorker({ everyMs: 20 })
    await acme.runs.wait((await backfillOf(acme, id)).id)
    expect(await countOf(acme, id, 'done')).toBe(rowCount)
  })

  it('begins anew for what changes meanwhile, and ends with the last definition', { timeout: 60_000 }, async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const id = await makeNumbers(acme, rowCount)
    const twice = await acme.columns.create(id, { name: 'Twice', formula: '@n * 2' })
    await acme.columns.create(id, { name: 'Next', formula: '@twice + 1' })
    await acme.columns.update(id, twice.id, { formula: '@n / 0' })
    await acme.columns.update(id, twice.id, { formula: '@n * 10' })
    for (const run of (await acme.runs.list({ tableId: id })).items) await acme.runs.wait(run.id)
    const { rows } = await acme.rows.page(id, { filter: { column: 'n', op: 'is', value: 11_999 } })
    expect(rows[0]?.cells).toEqual({ n: 11_999, twice: 119_990, next: 119_991 })
    expect(await countOf(acme, id, 'failed')).toBe(0)
    expect(await countOf(acme, id, 'done')).toBe(rowCount)
  })

  it('follows a change of the org’s time zone, and an option’s new name', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const settings = { options: [{ id: 'hot', name: 'Hot' }] }
    const { id, columns } = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'Seen', type: 'datetime' },
        { name: 'Stage', type: 'dropdown', settings },
        { name: 'Day', formula: 'DAY(@seen)' },
        { name: 'Label', formula: 'UPPER(@stage)' },
      ],
    })
    await acme.rows.insert(id, [{ cells: { seen: '2026-01-31T22:00:00Z', stage: 'hot' } }])
    const cells = async () => (await acme.rows.page(id)).rows[0]?.cells
    expect(await cells()).toMatchObject({ day: 31, label: 'HOT' })
    await acme.settings.update({ timeZone: 'Europe/Berlin' })
    await acme.settings.update({ timeZone: 'Asia/Tokyo' })
    expect(await cells()).toMatchObject({ day: 1 })
    await acme.columns.update(id, columns[1]?.id ?? '', { settings: { options: [{ id: 'hot', name: 'Warm' }] } })
    expect(await cells()).toMatchObject({ label: 'WARM' })
  })

  it('goes on in a copy of the org that was exported meanwhile', { timeout: 60_000 }, async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const id = await makeNumbers(acme, rowCount)
    await acme.columns.create(id, { name: 'Twice', formula: '@n * 2' })
    await acme.runs.pause((await backfillOf(acme, id)).id)
    await acme.runs.wait((await backfillOf(acme, id)).id)
    await test.ops.importOrg('copy', test.ops.exportOrg('acme'))
    const copy = test.ops.forOrg({ orgId: 'copy', actor: user })
    for (const run of (await copy.runs.list({ tableId: id })).items) await copy.runs.wait(run.id)
    expect(await countOf(copy, id, 'done')).toBe(rowCount)
  })
})

describeOneDatabase('filling a formula’s column', (makeDatabase) => {
  it('survives the export and import of the org', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor: user })
    const { id } = await acme.tables.create({
      name: 'Leads',
      columns: [
        { name: 'N', type: 'number' },
        { name: 'Twice', formula: '@n * 2' },
      ],
    })
    await acme.rows.insert(id, [{ cells: { n: 4 } }])
    await test.ops.importOrg('copy', test.ops.exportOrg('acme'))
    const copy = test.ops.forOrg({ orgId: 'copy', actor: user })
    expect((await copy.rows.page(id)).rows[0]?.cells).toEqual({ n: 4, twice: 8 })
    const { rows } = await copy.rows.insert(id, [{ cells: { n: 5 } }])
    expect(rows[0]?.cells.twice).toBe(10)
  })
})
