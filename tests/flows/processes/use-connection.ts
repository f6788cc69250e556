import { createOps } from '@opslayer/core'
import { vendorPlugin } from '../testing/vendor-plugin.ts'

/** Uses a connection of an org many times at once: `database origin key connection times`. Prints what came of it. */
const [database = '', origin = '', key = '', connectionId = '', times = '1'] = process.argv.slice(2)
await using ops = createOps({ database, plugins: [vendorPlugin(origin)], encryptionKeys: [{ id: 'k1', key }] })
const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
await acme.connections.get(connectionId)
const alive = setInterval(() => {}, 60_000)
const begun = new Promise((resolve) => process.once('SIGUSR2', resolve))
process.stdout.write(`${JSON.stringify('ready')}\n`)
await begun
clearInterval(alive)
const campaigns = { plugin: 'vendor', kind: 'actions', part: 'push', field: 'campaign', connectionId } as const
const outcomes = await Promise.allSettled(Array.from({ length: Number(times) }, () => acme.plugins.options(campaigns)))
const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
process.stdout.write(`${JSON.stringify({ used: outcomes.length - failures.length, failures })}\n`)
