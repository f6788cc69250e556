import { type Change, createOps, isOpsError, type OrgOps } from '@opslayer/core'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../packages/core/src/db/open-database.ts'
import { seededRandom } from '../bench/seeded-random.ts'
import { describeDatabases } from '../databases/describe-databases.ts'
import { withClient } from '../databases/with-client.ts'
import { startChild } from './testing/child.ts'
import { latePool } from './testing/late-pool.ts'
import { migrated, openOps } from './testing/open-ops.ts'
import { rawQuery } from './testing/raw-query.ts'

/** Entries to write; 10,000 and more for the full figure: `OPSLAYER_FUZZ=13000 pnpm vitest run tests/flows/change-log-reader.test.ts`. */
const wanted = Number(process.env.OPSLAYER_FUZZ ?? 600)
const seed = Number(process.env.OPSLAYER_FUZZ_SEED ?? Date.now() % 1_000_000_000)
const writers = 8
const actor = { type: 'user', id: 'u1' } as const

describeDatabases('the reader of the change log', (makeDatabase, database) => {
  describe.runIf(database !== 'embedded')('with eight writers', () => {
    it(`skips nothing, repeats nothing and keeps each row's order (${wanted} entries, OPSLAYER_FUZZ_SEED=${seed})`, {
      timeout: 600_000,
    }, async () => {
      await using target = await makeDatabase(migrated)
      if (target.kind !== 'server') throw new Error('not a server')
      const random = seededRandom(seed)
      await using late = latePool(target.url, { max: writers, delayMs: 30, refused: 0.1, random })
      await using writing = createOps({ database: late })
      await using reading = createOps({ database: target.url })
      await reading.migrate()
      const reader = reading.forOrg({ orgId: 'acme', actor })
      const table = await reader.tables.create({
        name: 'Leads',
        columns: [
          { name: 'A', type: 'number' },
          { name: 'B', type: 'text' },
        ],
      })
      const { rows } = await reader.rows.insert(
        table.id,
        Array.from({ length: 40 }, (_, a) => ({ cells: { a } })),
      )
      const ids = rows.map(({ id }) => id)

      let acknowledged = 0
      const write = async (acme: OrgOps): Promise<void> => {
        while (acknowledged < wanted) {
          try {
            await randomWrite(acme, table.id, ids, random)
            acknowledged += 1
          } catch (error) {
            if (!isOpsError(error)) throw error
          }
        }
      }
      const done = new AbortController()
      const seen: Change[] = []
      const naive = naiveReader(target.url, done.signal)
      const following = (async () => {
        for await (const page of reader.changes.follow({ values: true, limit: 50 }, { signal: done.signal })) {
          seen.push(...page.entries)
        }
      })().catch((error) => {
        if (!done.signal.aborted) throw error
      })
      await Promise.all(
        Array.from({ length: writers }, (_, n) =>
          write(writing.forOrg({ orgId: 'acme', actor: { type: 'user', id: `w${n}` } })),
        ),
      )
      const written = await rawQuery(target, `select seq from ${await changesTable(target.url)} order by seq`)
      await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(written.length)
      done.abort()
      await following

      expect(seen.map(({ seq }) => seq)).toEqual(written.map(({ seq }) => seq))
      expect(outOfOrder(seen)).toEqual([])
      const skippedByNaive = written.length - (await naive).size
      console.log(
        `${database}: ${written.length} entries of ${writers} writers, numbers up to ${seen.at(-1)?.seq}: 0 skipped, 0 doubled, 0 out of order; a reader of "seq > last" skipped ${skippedByNaive}`,
      )
      expect(skippedByNaive).toBeGreaterThan(0)
    })
  })

  it('tells what was done, in order and in pages, and goes on from any cursor', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const table = await acme.tables.create({ name: 'T', columns: [{ name: 'A', type: 'number' }] })
    const [column] = table.columns
    const beginning = await acme.changes.end()
    const inserted = await acme.rows.insert(table.id, [{ cells: { a: 1 } }, { cells: { a: 2 } }])
    const [one = '', two = ''] = inserted.rows.map(({ id }) => id)
    const cause = [{ type: 'rule', id: 'r1' }]
    await acme.rows.update(table.id, [{ id: two, cells: { a: 3 } }], { cause })
    await acme.rows.updateWhere(table.id, 'all', { a: 9 })
    await acme.rows.delete(table.id, [one])
    const first = await acme.changes.read({ after: beginning, limit: 2, values: true })
    const second = await acme.changes.read({ after: first.cursor, values: true })
    const third = await acme.changes.read({ after: second.cursor })
    expect(third).toEqual({ entries: [], cursor: second.cursor, gap: null })
    const entries = [...first.entries, ...second.entries]
    expect(entries.map(({ kind, rowIds, rowCount }) => ({ kind, rowIds, rowCount }))).toEqual([
      { kind: 'rows-inserted', rowIds: { first: one, last: two }, rowCount: 2 },
      { kind: 'rows-updated', rowIds: { ids: [two] }, rowCount: 1 },
      { kind: 'rows-updated', rowIds: { ids: [one, two] }, rowCount: 2 },
      { kind: 'rows-deleted', rowIds: { ids: [one] }, rowCount: 1 },
    ])
    expect(entries[1]).toMatchObject({
      actor,
      cause,
      role: 'do',
      tableId: table.id,
      columns: [column?.id],
      before: { [column?.id ?? '']: [2] },
      after: { [column?.id ?? '']: [3] },
    })
    expect(entries[2]?.after).toMatchObject({ [column?.id ?? '']: { same: 9 } })
    const whole = await acme.changes.read()
    expect(whole.entries.slice(-4).map(({ seq }) => seq)).toEqual(entries.map(({ seq }) => seq))
    expect(whole.entries[0]).toMatchObject({ kind: 'table' })
    await expect(acme.changes.read({ after: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  it.runIf(database !== 'embedded')('is told of what another process writes', async () => {
    await using test = await openOps(makeDatabase)
    if (test.target.kind !== 'server') throw new Error('not a server')
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const table = await acme.tables.create({ name: 'T', columns: [{ name: 'A', type: 'number' }] })
    const { rows } = await acme.rows.insert(table.id, [{ cells: { a: 0 } }])
    const opened = await openDatabase(test.target.url, 'opslayer')
    const told = Promise.withResolvers<void>()
    opened.announcements.hear('acme', told.resolve)
    await using child = startChild('write-now-and-then.ts', test.target.url, table.id, rows[0]?.id ?? '', 'a', '100')
    await told.promise
    const stop = new AbortController()
    for await (const page of acme.changes.follow({ values: true }, { signal: stop.signal })) {
      if (page.entries.some(({ actor: writer }) => writer.id === 'other')) break
    }
    await child.kill()
    await opened.close()
  })

  it.runIf(database !== 'embedded')(
    'rests while nobody writes: reading wakes nobody, the reader least of all',
    async () => {
      await using test = await openOps(makeDatabase)
      if (test.target.kind !== 'server') throw new Error('not a server')
      const pool = new pg.Pool({ connectionString: test.target.url })
      const looks: number[] = []
      const counted = async () => {
        looks.push(performance.now())
        return await pool.connect()
      }
      await using ops = createOps({ database: { connect: counted, options: { max: 1 } } })
      const { changes } = ops.forOrg({ orgId: 'acme', actor })
      const after = await changes.end()
      const stop = new AbortController()
      looks.length = 0
      const following = changes.follow({ after }, { signal: stop.signal })[Symbol.asyncIterator]().next()
      await expect.poll(() => looks.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(6)
      stop.abort()
      await expect(following).rejects.toThrow()
      // Pauses of 40, 80, 160, 320 and 500 ms, where one that never rests takes 100 in all.
      expect((looks[5] ?? 0) - (looks[0] ?? 0)).toBeGreaterThan(1_000)
      await ops.close()
      await pool.end()
    },
  )

  it.runIf(database !== 'embedded')('gives up a number whose transaction was rolled back', async () => {
    await using test = await openOps(makeDatabase)
    if (test.target.kind !== 'server') throw new Error('not a server')
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const table = await acme.tables.create({ name: 'T', columns: [{ name: 'A', type: 'number' }] })
    const beginning = await acme.changes.end()
    const changes = await changesTable(test.target.url)
    await withClient(test.target.url, async (failing) => {
      await failing.query('begin')
      await failing.query(insertInto(changes, table.id))
      await failing.query('rollback')
    })
    await acme.rows.insert(table.id, [{ cells: { a: 1 } }])
    const first = await acme.changes.read({ after: beginning })
    expect(first.entries).toEqual([])
    // Transactions of other databases on the server, which other tests have open, hold a gap too.
    const kindsAfter = async (cursor: string) =>
      (await acme.changes.read({ after: cursor })).entries.map(({ kind }) => kind)
    await expect.poll(() => kindsAfter(first.cursor), { timeout: 20_000 }).toEqual(['rows-inserted'])
    // A cursor of another server, where transactions had got further: noted anew instead of waiting for ever.
    const noted = await acme.changes.read({ after: `${beginning}:999999999999:${Number(beginning) + 2}:0` })
    await expect.poll(() => kindsAfter(noted.cursor), { timeout: 20_000 }).toEqual(['rows-inserted'])
  })

  it.runIf(database !== 'embedded')('waits for an open transaction and says for how long', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z')
    await using test = await openOps(makeDatabase, { now: () => new Date(now) })
    if (test.target.kind !== 'server') throw new Error('not a server')
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const table = await acme.tables.create({ name: 'T', columns: [{ name: 'A', type: 'number' }] })
    const beginning = await acme.changes.end()
    const changes = await changesTable(test.target.url)
    await withClient(test.target.url, async (open) => {
      await open.query('begin')
      await open.query(insertInto(changes, table.id))
      await acme.rows.insert(table.id, [{ cells: { a: 1 } }])
      const first = await acme.changes.read({ after: beginning })
      expect(first).toMatchObject({ entries: [], gap: { ageMs: 0 } })
      now += 6_000
      const later = await acme.changes.read({ after: first.cursor })
      expect(later).toEqual({ entries: [], cursor: first.cursor, gap: { seq: first.gap?.seq, ageMs: 6_000 } })
      const stop = new AbortController()
      const warning = await acme.changes
        .follow({ after: later.cursor }, { signal: stop.signal })
        [Symbol.asyncIterator]()
        .next()
      expect(warning.value).toMatchObject({ entries: [], gap: { ageMs: 6_000 } })
      await open.query('commit')
      const last = await acme.changes.read({ after: later.cursor })
      expect(last.entries.map(({ kind }) => kind)).toEqual(['rows-updated', 'rows-inserted'])
      expect(last.gap).toBeNull()
    })
  })

  it('keeps changes for 90 days unless told otherwise, and tells readers that missed some', async () => {
    await using test = await openOps(makeDatabase)
    const acme = test.ops.forOrg({ orgId: 'acme', actor })
    const table = await acme.tables.create({ name: 'T', columns: [{ name: 'A', type: 'number' }] })
    const early = (await acme.changes.read({ limit: 1 })).cursor
    for (let a = 0; a < 3; a += 1) await acme.rows.insert(table.id, [{ cells: { a } }])
    expect(await acme.changes.prune()).toEqual({ entries: 0 })
    const kept = await acme.changes.end()
    expect(await acme.changes.prune({ olderThan: new Date(Date.now() + 60_000) })).toEqual({ entries: 4 })
    await acme.rows.insert(table.id, [{ cells: { a: 9 } }])
    await expect(acme.changes.read({ after: early })).rejects.toMatchObject({ code: 'CHANGES_PRUNED' })
    expect((await acme.changes.read({ after: kept })).entries).toMatchObject([{ kind: 'rows-inserted' }])
    expect((await acme.changes.read()).entries).toMatchObject([{ kind: 'rows-inserted' }])
    await acme.undo()
    await expect(acme.undo()).rejects.toMatchObject({ code: 'UNDO_UNAVAILABLE' })
    expect(await acme.changes.prune({ olderThan: new Date(Date.now() + 60_000) })).toEqual({ entries: 2 })
  })
})

async function randomWrite(
  acme: OrgOps,
  tableId: string,
  ids: readonly string[],
  random: ReturnType<typeof seededRandom>,
): Promise<void> {
  const id = (): string => ids[random.below(ids.length)] ?? ''
  const kind = random.below(10)
  if (kind < 6) {
    const count = 1 + random.below(4)
    await acme.rows.update(
      tableId,
      Array.from({ length: count }, () => ({ id: id(), cells: { a: random.below(1_000_000) } })),
    )
  } else if (kind === 6) await acme.rows.insert(tableId, [{ cells: { a: 1 } }])
  else if (kind === 7) await acme.rows.move(tableId, [id()], { at: 'start' })
  else if (kind === 8) {
    await acme.rows.updateWhere(tableId, { column: 'a', op: 'lt', value: 50_000 }, { a: random.below(1_000_000) })
  } else await acme.undo()
}

/** Entries whose before-image is not what the entry before them left in the row. */
function outOfOrder(entries: readonly Change[]): string[] {
  const cells = new Map<string, unknown>()
  const wrong: string[] = []
  for (const { seq, kind, rowIds, before, after, columns } of entries) {
    if (kind !== 'rows-updated' || !('ids' in rowIds)) continue
    for (const column of columns ?? []) {
      const old = (before as Record<string, unknown[]>)[column]
      const fresh = (after as Record<string, unknown[] | { same: unknown }>)[column]
      rowIds.ids.forEach((id, place) => {
        const key = `${id} ${column}`
        if (cells.has(key) && cells.get(key) !== old?.[place]) wrong.push(`${seq}: row ${id}`)
        cells.set(key, Array.isArray(fresh) ? fresh[place] : fresh?.same)
      })
    }
  }
  return wrong
}

/** An entry, as its writer inserts it after it has written rows. */
function insertInto(changes: string, tableId: string): string {
  return `insert into ${changes} (operation, head, kind, role, table_id, actor_type, actor_id)
    select 'op_by_hand', true, 'rows-updated', 'do', '${tableId}', 'user', 'u2' where pg_current_xact_id() is not null`
}

async function changesTable(url: string): Promise<string> {
  const [found] = await rawQuery(
    { kind: 'server', url, version: 0 },
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where tablename = 'changes'`,
  )
  return String(found?.name)
}

/** What loses entries: asking for numbers greater than the last one seen. */
async function naiveReader(url: string, signal: AbortSignal): Promise<Set<string>> {
  const table = await changesTable(url)
  const seen = new Set<string>()
  let last = '0'
  while (!signal.aborted) {
    const rows = await rawQuery(
      { kind: 'server', url, version: 0 },
      `select seq from ${table} where seq > $1 order by seq`,
      [last],
    )
    for (const { seq } of rows) seen.add(String(seq))
    last = String(rows.at(-1)?.seq ?? last)
  }
  return seen
}
