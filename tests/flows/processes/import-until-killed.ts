import { createOps, embedded, type ImportRequest } from '@opslayer/core'

/**
 * Imports a file into the database given, and prints how far it is: `database path request`, of which the first and the
 * last are JSON. Started again, it goes on with the import that it finds.
 */
const [database = '', path = '', request = ''] = process.argv.slice(2)
const target = JSON.parse(database)
await using ops = createOps({
  database: target.kind === 'server' ? target.url : embedded(target.directory),
  leaseMs: 1_000,
})
await ops.migrate()
const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
const [present] = (await acme.runs.list({ kind: 'import' })).items
const { id } = present ?? (await acme.imports.start(path, JSON.parse(request) as ImportRequest))
ops.startWorker({ everyMs: 50 })
for await (const { state, progress } of acme.runs.watch(id)) {
  process.stdout.write(`${JSON.stringify({ state, done: progress.done })}\n`)
}
