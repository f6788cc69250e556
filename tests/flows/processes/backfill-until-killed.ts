import { createOps, embedded } from '@opslayer/core'

/**
 * Has a formula's column of the one table filled in the database given as JSON, and prints how far it is. Started again,
 * it goes on with the fill that it finds.
 */
const [database = ''] = process.argv.slice(2)
const target = JSON.parse(database)
await using ops = createOps({
  database: target.kind === 'server' ? target.url : embedded(target.directory),
  leaseMs: 1_000,
})
await ops.migrate()
const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
const [table] = (await acme.tables.list()).items
if (table === undefined) throw new Error('There is no table.')
if (table.columns.length === 1) await acme.columns.create(table.id, { name: 'Twice', formula: '@n * 2' })
const [run] = (await acme.runs.list({ kind: 'backfill' })).items
if (run === undefined) throw new Error('There is no fill.')
ops.startWorker({ everyMs: 50 })
for await (const { state, progress } of acme.runs.watch(run.id)) {
  process.stdout.write(`${JSON.stringify({ state, done: progress.done })}\n`)
}
