import type { OrgOps } from '@opslayer/core'
import type { Client } from 'pg'
import type { Bench } from '../harness.ts'
import { percentile } from '../statistics.ts'
import { orgId } from '../store/bench-table.ts'
import { physicalTable } from '../store/ideal-table.ts'
import { asInputs, chainOfThree, createSales, createTwin, filled, sales } from './sales.ts'

const rounds = 5

/**
 * Three formulas over all rows, against a bare UPDATE of three columns of a hand-made twin; what it does to the heap and
 * to others who read.
 */
export async function measureBackfill(bench: Bench, acme: OrgOps, client: Client, count: number): Promise<void> {
  // The formulas are there from the start, so that both tables begin without dead rows.
  const tableId = await createSales(acme, 'Backfilled', chainOfThree)
  await acme.rows.load(tableId, asInputs(sales(count)))
  const physical = await physicalTable(client, orgId, tableId)
  const twin = await createTwin(client, 'backfilled', physical)
  const { columns } = await acme.tables.get(tableId)
  const first = columns.find(({ key }) => key === chainOfThree[0].key)?.id ?? ''
  const idle = await readsDuring(acme, tableId, () => new Promise((resolve) => setTimeout(resolve, 5_000)))
  const ours: number[] = []
  const limit: number[] = []
  const beside: number[] = []
  const heap: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    // A change of the first formula makes the cells of all three stale.
    await client.query(`vacuum ${physical}`)
    await client.query(`vacuum ${twin}`)
    await client.query('checkpoint')
    const before = process.memoryUsage().heapUsed
    let most = before
    const watching = setInterval(() => {
      most = Math.max(most, process.memoryUsage().heapUsed)
    }, 20)
    let elapsed = 0
    const change = async (): Promise<void> => {
      const start = performance.now()
      await acme.columns.update(tableId, first, { formula: `ROUND(@price * (1 - @discount), ${round % 2})` })
      await filled(acme, tableId)
      elapsed = performance.now() - start
    }
    if (round === 0) beside.push(...(await readsDuring(acme, tableId, change)))
    else await change()
    clearInterval(watching)
    heap.push((most - before) / 1024 / 1024)
    if (round > 0) ours.push(elapsed)
    await client.query('checkpoint')
    const start = performance.now()
    await client.query(`update ${twin} set net = price * ${round + 2}, grade = '${round}', label = city || '${round}'`)
    if (round > 0) limit.push(performance.now() - start)
  }
  bench.record('backfill', 'ms', ours, limit)
  bench.record('heap while backfilling', 'MB', heap)
  bench.record('reads beside a backfill', 'ms', beside, idle)
  bench.record('p95 of reads beside a backfill', 'ms', [percentile(beside, 0.95)], [percentile(idle, 0.95)])
}

/** Latencies of a page every 20 ms while the work goes on. */
async function readsDuring(acme: OrgOps, tableId: string, work: () => Promise<unknown>): Promise<readonly number[]> {
  const latencies: number[] = []
  let over = false
  const working = work().finally(() => {
    over = true
  })
  while (!over) {
    const start = performance.now()
    await acme.rows.page(tableId, { limit: 100 })
    const elapsed = performance.now() - start
    latencies.push(elapsed)
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 20 - elapsed)))
  }
  await working
  return latencies
}
