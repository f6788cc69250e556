/** `pnpm bench:store [--rows=500000] [--only=text] [--check]`: opslayer's tables against hand-written SQL. */
import type { Client } from 'pg'
import { startServer } from '../databases/start-server.ts'
import { withClient } from '../databases/with-client.ts'
import { createBench } from './harness.ts'
import { createOtherTables, createTwins, openBenchOps } from './store/bench-table.ts'
import { leads } from './store/data-set.ts'
import { besideEdits } from './store/edits-beside.ts'
import { measureEmbedded } from './store/embedded-pages.ts'
import { createIdealIndexes, readsOf } from './store/reads.ts'
import { measureEdits, measureInsert, measureLoadHeap } from './store/writes.ts'

const asked = process.argv.find((arg) => arg.startsWith('--rows='))?.slice('--rows='.length)
const rows = Number(asked ?? 500_000)
const part = rows / 500_000

const bench = createBench('store')

async function measureServer(client: Client, url: string): Promise<void> {
  await using opened = await openBenchOps(url)
  const { acme } = opened
  await measureLoadHeap(bench, acme, rows)
  await createOtherTables(acme, Math.ceil(200 * part), 2_000)
  const table = await createTwins(client, acme, rows)
  await measureEdits(bench, acme, client, table)

  const rareName = leads(rows).find(({ name }) => typeof name === 'string')?.name
  const reads = readsOf(Math.floor(rows / 2), String(rareName).slice(1, -1))
  await createIdealIndexes(client, table.ideal, reads)
  for (const name of [table.physical, table.ideal]) await client.query(`vacuum analyze ${name}`)
  const measureReads = async (prefix: string, runs: number): Promise<void> => {
    for (const { name, ours, limit } of reads) {
      const works = { ours: () => ours(acme, table.tableId), limit: () => limit(client, table.ideal) }
      await bench.compare(`${prefix}${name}`, works, { runs, warmUp: 2 })
    }
  }
  await measureReads('unadvised: ', 5)
  const start = performance.now()
  const [report] = await acme.advisor.run({ tableId: table.tableId })
  bench.record('advisor', 's', [(performance.now() - start) / 1000])
  console.log(`advisor made ${report?.made.join(', ')}; failed: ${JSON.stringify(report?.failed)}`)
  await measureReads('', 20)
  const edits = await besideEdits(url, table, 200, () => measureReads('beside edits: ', 20))
  bench.record('beside edits: edits', 'edits/s', [edits.edits / edits.seconds])
  bench.record('beside edits: edit', 'ms', edits.latenciesMs)
  await measureInsert(bench, acme, client, rows)
}

{
  await using server = await startServer({ version: 18, durable: true })
  await withClient(server.url, (client) => measureServer(client, server.url))
}
await measureEmbedded(bench, Math.min(rows, 100_000))
bench.finish()
