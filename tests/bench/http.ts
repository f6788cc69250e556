/**
 * `pnpm bench:http [--seconds=60] [--only=text] [--check]`: four processes that share one connection's limit. The vendor
 * counts a sliding window and refuses what is more than one above its limit: on a busy machine a call may be late.
 */

import { openDatabases } from '../../packages/core/src/db/databases.ts'
import { createOutgoing } from '../../packages/core/src/http/outgoing.ts'
import { mostInASecond, ratePerSecond, runLimitTrial } from '../../packages/core/src/http/testing/limit-trial.ts'
import { startVendor } from '../../packages/core/src/http/testing/vendor.ts'
import { witnessOf } from '../../packages/core/src/http/testing/witness.ts'
import type { JournalEntry } from '../../packages/core/src/testing/simulator/simulator-journal.ts'
import { startServer } from '../databases/start-server.ts'
import { createBench } from './harness.ts'
import { openBenchOps, orgId } from './store/bench-table.ts'

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
    ...Map.groupBy(refused, (entry) => witnessOf(entry).process)
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
/** What the layers cost: calls of one process under a limit that it never reaches, against bare calls. */
if (only === undefined || 'overhead'.includes(only)) {
  await using server = await startServer({ version: 18, durable: true })
  await using opened = await openBenchOps(server.url)
  await opened.acme.tables.list()
  await using vendor = await startVendor()
  const databases = openDatabases(server.url, 'opslayer')
  const outgoing = createOutgoing({ databaseOf: databases.of, now: () => new Date() })
  const ours = outgoing.fetchFor({
    orgId,
    pluginId: 'vendor',
    connectionId: 'conn_1',
    baseUrl: vendor.url,
    rateLimits: [{ max: 100_000, perMs: 1_000 }],
    secrets: ['a secret of the connection'],
    signal: new AbortController().signal,
  })
  const calls = 500
  const callers = 16
  const callAll = async (call: () => Promise<Response>): Promise<void> => {
    const caller = async (): Promise<void> => {
      for (let n = 0; n < calls / callers; n += 1) await (await call()).arrayBuffer()
    }
    await Promise.all(Array.from({ length: callers }, caller))
  }
  await bench.compare(
    'overhead of 500 calls, 16 at a time',
    { ours: () => callAll(() => ours('/echo')), limit: () => callAll(() => fetch(`${vendor.url}/echo`)) },
    { runs: 9, warmUp: 2, itemsPerCall: calls, before: () => vendor.journal.clear() },
  )
  await outgoing.close()
  await databases.close()
}
bench.finish()
