import { createOps, embedded } from '@opslayer/core'
import { paidPlugin } from '../testing/paid-vendor.ts'

/**
 * Fills a column of the database given and prints how far it is: `database vendor key tableId columnId`, of which the
 * first is JSON. Started again, it goes on with the run that it finds.
 */
const [database = '', vendor = '', key = '', tableId = '', columnId = ''] = process.argv.slice(2)
const target = JSON.parse(database)
await using ops = createOps({
  database: target.kind === 'server' ? target.url : embedded(target.directory),
  plugins: [paidPlugin(vendor)],
  encryptionKeys: [{ id: 'k1', key }],
  allowedOrigins: [new URL(vendor).origin],
  leaseMs: 1_000,
})
await ops.migrate()
const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
const [present] = (await acme.runs.list({ kind: 'column' })).items
const { id } = present ?? (await acme.cells.run(tableId, columnId))
ops.startWorker({ everyMs: 50 })
for await (const { state, progress } of acme.runs.watch(id)) {
  process.stdout.write(`${JSON.stringify({ state, done: progress.done })}\n`)
}
