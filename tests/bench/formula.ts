/** `pnpm bench:formula [--rows=1000000] [--only=text] [--check]`: formulas in the store against hand-written SQL. */
import type { Client } from 'pg'
import { startServer } from '../databases/start-server.ts'
import { withClient } from '../databases/with-client.ts'
import { measureBackfill } from './formula/backfill.ts'
import { measureEdits, measureLongChain } from './formula/edits.ts'
import { measureLoad } from './formula/load.ts'
import { measureReads } from './formula/reads.ts'
import { createBench } from './harness.ts'
import { openBenchOps } from './store/bench-table.ts'

const asked = process.argv.find((arg) => arg.startsWith('--rows='))?.slice('--rows='.length)
const parts = process.argv
  .find((arg) => arg.startsWith('--parts='))
  ?.slice('--parts='.length)
  .split(',')
const rows = Number(asked ?? 1_000_000)

const bench = createBench('formula')

async function measure(client: Client, url: string): Promise<void> {
  await using opened = await openBenchOps(url)
  const { acme } = opened
  const all: Readonly<Record<string, () => Promise<void>>> = {
    edits: () => measureEdits(bench, acme, Math.min(rows, 100_000)),
    chain: () => measureLongChain(bench, acme),
    load: () => measureLoad(bench, acme, client, Math.min(rows, 200_000)),
    reads: () => measureReads(bench, acme, client, Math.min(rows, 500_000)),
    backfill: () => measureBackfill(bench, acme, client, rows),
  }
  for (const part of parts ?? Object.keys(all)) await all[part]?.()
}

await using server = await startServer({ version: 18, durable: true })
await withClient(server.url, (client) => measure(client, server.url))
bench.finish()
