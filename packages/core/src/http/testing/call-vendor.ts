import { openDatabases } from '../../db/databases.ts'
import { createOutgoing } from '../outgoing.ts'

/**
 * A process that calls a vendor as often as its limit lets it, until it is killed. Prints `{}` once it is ready, and
 * begins with a line on its standard input.
 */
const [database = '', baseUrl = '', rateLimits = '[]', callers = '4'] = process.argv.slice(2)
const databases = openDatabases(database, 'opslayer')
const outgoing = createOutgoing({ databaseOf: databases.of, now: () => new Date() })
const fetch = outgoing.fetchFor({
  orgId: 'acme',
  pluginId: 'vendor',
  connectionId: 'conn_1',
  baseUrl,
  rateLimits: JSON.parse(rateLimits),
  secrets: [],
  // Tells the processes apart in the vendor's journal.
  headersOf: () => ({ 'user-agent': String(process.pid) }),
  signal: new AbortController().signal,
})
await databases.of('acme')
console.log('{}')
process.stdin.once('data', () => {
  for (let caller = 0; caller < Number(callers); caller += 1) void callOnAndOn()
})

async function callOnAndOn(): Promise<void> {
  for (;;) await (await fetch('/echo')).arrayBuffer()
}
