import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { OrgOps } from '@opslayer/core'
import type { Client } from 'pg'
import type { Bench } from '../harness.ts'
import { asInputs, type BenchTable, createLeads } from './bench-table.ts'
import { type Lead, leads } from './data-set.ts'
import { copyBuffers, copyInto, createIdealTable, idealSchema } from './ideal-table.ts'

/** One cell of one row, and a tenth of all rows, against bare UPDATEs of a table with nothing but its primary key. */
export async function measureEdits(bench: Bench, acme: OrgOps, client: Client, table: BenchTable): Promise<void> {
  const { random } = bench
  const anyId = () => table.firstId + random.below(table.lastId - table.firstId)
  await bench.compare(
    'single edit',
    {
      ours: () =>
        acme.rows.update(table.tableId, [{ id: String(anyId()), cells: { visits: 1000 + random.below(1e6) } }]),
      limit: () =>
        client.query(`update ${table.ideal} set visits = $1 where id = $2`, [1000 + random.below(1e6), anyId()]),
    },
    { runs: 300, warmUp: 50 },
  )
  let round = 0
  await bench.compare(
    'bulk edit of 10 %',
    {
      ours: () =>
        acme.rows.updateWhere(
          table.tableId,
          { column: 'segment', op: 'is', value: 'tenth' },
          { title: `Title ${round}` },
        ),
      limit: () => client.query(`update ${table.ideal} set title = $1 where segment = 'tenth'`, [`Title ${round}`]),
    },
    {
      runs: 5,
      warmUp: 1,
      itemsPerCall: (table.lastId - table.firstId + 1) / 10,
      before: () => {
        round += 1
      },
    },
  )
}

/** Prepared rows into an empty table, against COPY of prepared lines into a table with its primary key. */
export async function measureInsert(bench: Bench, acme: OrgOps, client: Client, count: number): Promise<void> {
  const rows: readonly Lead[] = [...leads(count)]
  const buffers = copyBuffers(rows)
  let round = 0
  let tableId = ''
  await bench.compare(
    'insert',
    {
      ours: () => acme.rows.load(tableId, asInputs(rows)),
      limit: () => copyInto(client, `load_${round}`, buffers),
    },
    {
      runs: 3,
      warmUp: 0,
      itemsPerCall: count,
      before: async () => {
        round += 1
        tableId = await createLeads(acme, `Load ${round}`)
        await createIdealTable(client, `load_${round}`)
      },
    },
  )
  await client.query(`drop schema ${idealSchema} cascade`)
}

/** The most that the heap grows while rows stream in, in MB: what is in use, without what waits to be collected. */
export async function measureLoadHeap(bench: Bench, acme: OrgOps, count: number): Promise<void> {
  const tableId = await createLeads(acme, 'Streamed')
  const before = heapInUse()
  let most = before
  await acme.rows.load(tableId, asInputs(leads(count)), {
    onProgress: () => {
      most = Math.max(most, heapInUse())
    },
  })
  bench.record('heap while inserting', 'MB', [(most - before) / 1024 / 1024])
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heapInUse(): number {
  collect()
  return process.memoryUsage().heapUsed
}
