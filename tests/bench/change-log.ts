/** `pnpm bench:change-log [--rows=50000] [--only=text] [--check]`: the change log, undo and history on PostgreSQL. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { OrgOps } from '@opslayer/core'
import type { Json } from '@opslayer/core/values'
import type { Client } from 'pg'
import { startServer } from '../databases/start-server.ts'
import { withClient } from '../databases/with-client.ts'
import { nextJson, startChild } from '../flows/testing/child.ts'
import { createBench } from './harness.ts'
import { type BenchTable, createTwins, openBenchOps } from './store/bench-table.ts'

const asked = process.argv.find((arg) => arg.startsWith('--rows='))?.slice('--rows='.length)
const rows = Number(asked ?? 50_000)

const bench = createBench('change-log')

/** Every row gets another value, and back, against bare UPDATEs of a table with nothing but its primary key. */
async function measureBulk(acme: OrgOps, client: Client, table: BenchTable): Promise<void> {
  let round = 0
  const bare = (): unknown => client.query(`update ${table.ideal} set title = $1`, [`Title ${round}`])
  const edit = (): unknown => acme.rows.updateWhere(table.tableId, 'all', { title: `Title ${round}` })
  const next = (): void => {
    round += 1
  }
  const options = { runs: 5, warmUp: 1, itemsPerCall: rows }
  await bench.compare('bulk edit', { ours: edit, limit: bare }, { ...options, before: next })
  const again = async (): Promise<void> => {
    next()
    await edit()
  }
  await bench.compare('undo of a bulk edit', { ours: () => acme.undo(), limit: bare }, { ...options, before: again })
  const undone = async (): Promise<void> => {
    await again()
    await acme.undo()
  }
  await bench.compare('redo of a bulk edit', { ours: () => acme.redo(), limit: bare }, { ...options, before: undone })
}

/** All rows go and come back, against DELETE and INSERT … SELECT on the hand-made table. */
async function measureDelete(acme: OrgOps, client: Client, table: BenchTable): Promise<void> {
  await client.query(`create table ideal.copy as table ${table.ideal}`)
  const fill = (): unknown => client.query(`insert into ${table.ideal} select * from ideal.copy on conflict do nothing`)
  const options = { runs: 3, warmUp: 1, itemsPerCall: rows }
  await bench.compare(
    'bulk delete',
    {
      ours: () => acme.rows.deleteWhere(table.tableId, 'all'),
      limit: () => client.query(`delete from ${table.ideal}`),
    },
    {
      ...options,
      before: async () => {
        if ((await acme.rows.count(table.tableId)).count === 0) await acme.undo()
        await fill()
      },
    },
  )
  await bench.compare(
    'undo of a bulk delete',
    { ours: () => acme.undo(), limit: fill },
    {
      ...options,
      before: async () => {
        if ((await acme.rows.count(table.tableId)).count > 0) await acme.rows.deleteWhere(table.tableId, 'all')
        await client.query(`delete from ${table.ideal}`)
      },
    },
  )
  // The last turn was the limit's, which found the rows deleted again.
  if ((await acme.rows.count(table.tableId)).count === 0) await acme.undo()
}

/** A log of 2,000 bulk edits of 5,000 of 500,000 rows each: few of them are about the row asked for. */
async function measureHistory(acme: OrgOps, client: Client, table: BenchTable): Promise<void> {
  const log = table.physical.replace(/\.t\d+$/, '.changes')
  await acme.rows.updateWhere(table.tableId, { column: '_id', op: 'lt', value: table.firstId + 5_000 }, { title: 'x' })
  const { rows: last } = await client.query(`select max(seq) as seq from ${log}`)
  // Lists of ids arrive uncompressed, as the writes of opslayer make them.
  await client.query('create temp table picked (n int, ids bigint[])')
  await client.query('alter table picked alter ids set storage external')
  await client.query(`insert into picked
    select n, (select array_agg(id order by id) from (select distinct 1 + floor(random() * 500000)::bigint as id from generate_series(1, 5000) where n is not null) as r)
    from generate_series(1, 2000) as n`)
  await client.query(
    `insert into ${log} (operation, head, kind, role, table_id, actor_type, actor_id, row_count, first_row, last_row, row_ids, column_ids, column_numbers, before, after)
     select operation || n, true, kind, role, table_id, actor_type, 'other', cardinality(ids), ids[1], ids[cardinality(ids)], ids, column_ids, column_numbers, before, after
     from ${log}, picked where seq = $1`,
    [last[0].seq],
  )
  await client.query(`vacuum analyze ${log}`)
  const id = (): string => String(1 + bench.random.below(499_999))
  await bench.measure(
    'history of a row, 2,000 entries of 5,000 rows',
    async () => acme.history.row(table.tableId, id()),
    {
      runs: 20,
      warmUp: 2,
    },
  )
  await bench.measure(
    'history of a cell, 2,000 entries of 5,000 rows',
    async () => acme.history.cell(table.tableId, id(), 'title'),
    { runs: 20, warmUp: 2 },
  )
  await bench.measure('first page of the table history', async () => acme.history.table(table.tableId), { runs: 20 })
  let after = await acme.changes.end()
  await bench.measure(
    'read of a new entry',
    async () => {
      after = (await acme.changes.read({ after })).cursor
    },
    {
      runs: 50,
      before: () =>
        acme.rows.update(table.tableId, [{ id: String(table.firstId), cells: { visits: bench.random.below(1e6) } }]),
    },
  )
}

/** From when a write of another process was acknowledged there until it has arrived here; each finds the reader at rest. */
async function measureDelivery(acme: OrgOps, url: string, table: BenchTable): Promise<void> {
  const stop = new AbortController()
  const arrived = new Map<unknown, number>()
  const [visits] = (await acme.tables.get(table.tableId)).columns.filter(({ key }) => key === 'visits')
  const after = await acme.changes.end()
  const following = (async () => {
    for await (const { entries } of acme.changes.follow({ after, values: true }, { signal: stop.signal })) {
      for (const { after: cells } of entries) arrived.set(firstCell(cells, visits?.id ?? ''), Date.now())
    }
  })().catch((error) => {
    if (!stop.signal.aborted) throw error
  })
  await using writer = startChild('write-now-and-then.ts', url, table.tableId, String(table.firstId), 'visits', '600')
  const latencies: number[] = []
  while (latencies.length < 20) {
    const { n, at } = (await nextJson(writer)) as { readonly n: number; readonly at: number }
    while (!arrived.has(n)) await sleep(1)
    latencies.push(Math.max(0, (arrived.get(n) ?? 0) - at))
  }
  bench.record('delivery to another process', 'ms', latencies)
  stop.abort()
  await following
}

/** The value that an entry of one row leaves in a column. */
function firstCell(cells: Json | undefined, columnId: string): Json {
  const cell = (cells as Readonly<Record<string, Json>> | null | undefined)?.[columnId] ?? null
  if (Array.isArray(cell)) return cell[0] ?? null
  return typeof cell === 'object' && cell !== null ? ((cell as { readonly same?: Json }).same ?? null) : cell
}

{
  await using server = await startServer({ version: 18, durable: true })
  await withClient(server.url, async (client) => {
    await using opened = await openBenchOps(server.url)
    const table = await createTwins(client, opened.acme, rows)
    await measureBulk(opened.acme, client, table)
    await measureDelete(opened.acme, client, table)
    await measureDelivery(opened.acme, server.url, table)
    await measureHistory(opened.acme, client, table)
  })
}
bench.finish()
