/**
 * `pnpm bench:http [--seconds=60] [--only=text] [--check]`: four processes that share one connection's limit. The vendor
 * counts a sliding window and refuses what is more than one above its limit: on a busy machine a call may be late.
 */
import { mostInASecond, ratePerSecond, runLimitTrial } from '../../packages/core/src/http/testing/limit-trial.ts'
import { startVendor } from '../../packages/core/src/http/testing/vendor.ts'
import type { JournalEntry } from '../../packages/core/src/testing/simulator/simulator-journal.ts'
import { startServer } from '../databases/start-server.ts'
import { createBench } from './harness.ts'
import { openBenchOps } from './store/bench-table.ts'

const asked = process.argv.find((arg) => arg.startsWith('--seconds='))?.slice('--seconds='.length)
const ms = Number(asked ?? 60) * 1_000
const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length)
const limit = { max: 10, perMs: 1_000 }
const bench = createBench('http')

/** Refused requests of the process that was refused most. */
function mostRefused(seen: readonly JournalEntry[]): number {
  const refused = seen.filter(({ status }) => status === 429)
  return Math.max(
    0,
    ...Map.groupBy(refused, ({ headers }) => headers['user-agent'])
      .values()
      .map(({ length }) => length),
  )
}

async function trial(midway?: (vendor: Awaited<ReturnType<typeof startVendor>>) => void) {
  await using server = await startServer({ version: 18, durable: true })
  await using opened = await openBenchOps(server.url)
  await opened.acme.tables.list()
  await using vendor = await startVendor()
  vendor.limits.set('rate', limit.max + 1)
  const halve = () => midway?.(vendor)
  return await runLimitTrial({ database: server.url, vendor, processes: 4, limit, ms, midway: halve })
}

if (only === undefined || 'steady limit'.includes(only)) {
  const seen = await trial()
  bench.record('steady limit, most in a sliding second', 'calls', [mostInASecond(seen)])
  bench.record('steady limit, used', 'calls/s', [ratePerSecond(seen)], [limit.max])
  bench.record('steady limit, refused', 'calls', [seen.filter(({ status }) => status === 429).length])
}
if (only === undefined || 'halved limit'.includes(only)) {
  const seen = await trial((vendor) => vendor.limits.set('rate', limit.max / 2 + 1))
  bench.record('halved limit, refused in all', 'calls', [seen.filter(({ status }) => status === 429).length])
  bench.record('halved limit, refused of one process', 'calls', [mostRefused(seen)])
}
bench.finish()
