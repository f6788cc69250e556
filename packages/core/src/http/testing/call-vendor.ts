import { openDatabases } from '../../db/databases.ts'
import { createCallLog } from '../call-log.ts'
import { layerOutgoing } from '../layer-outgoing.ts'
import type { LimitStore } from '../limit-store.ts'
import { createRateLimits } from '../rate-limit.ts'
import { storedLimits } from '../stored-limits.ts'
import { startMetronome } from './metronome.ts'
import { headersOf } from './witness.ts'

/**
 * A process that calls a vendor as often as its limit lets it, until it is killed. Prints `{}` once it is ready, and
 * begins with a line on its standard input. Each call tells how things stood in the process as it went out.
 */
const [database = '', baseUrl = '', rateLimits = '[]', callers = '4'] = process.argv.slice(2)
const databases = openDatabases(database, 'opslayer')
const now = (): Date => new Date()
const stored = storedLimits(databases.of)
let leaseMs = 0
let wasRefused = false
const timed: LimitStore = {
  ...stored,
  lease: async (...asked) => {
    const since = performance.now()
    const leased = await stored.lease(...asked)
    leaseMs = Math.max(leaseMs, performance.now() - since)
    return leased
  },
}
const outgoing = layerOutgoing({
  now,
  rateLimits: createRateLimits(timed, now),
  log: createCallLog({ databaseOf: databases.of, now }),
  fetch: async (url, init) => {
    const sentAt = performance.timeOrigin + performance.now()
    const witness = { process: process.pid, sentAt, leaseMs, onTime: metronome.onTime(), wasRefused }
    const response = await fetch(url, {
      ...init,
      headers: { ...Object.fromEntries(init.headers), ...headersOf(witness) },
    })
    wasRefused ||= response.status === 429
    return response
  },
})
const call = outgoing.fetchFor({
  orgId: 'acme',
  pluginId: 'vendor',
  connectionId: 'conn_1',
  baseUrl,
  rateLimits: JSON.parse(rateLimits),
  secrets: [],
  signal: new AbortController().signal,
})
await databases.of('acme')
const metronome = startMetronome()
console.log('{}')
process.stdin.once('data', () => {
  for (let caller = 0; caller < Number(callers); caller += 1) void callOnAndOn()
})

async function callOnAndOn(): Promise<void> {
  for (;;) await (await call('/echo')).arrayBuffer()
}
