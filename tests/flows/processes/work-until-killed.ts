import { createOps, embedded } from '@opslayer/core'
import { ledgerOpsOptions } from '../testing/open-ledger.ts'

/**
 * Works on the one run of an org, and prints how far it is: `database url run`, of which the first is JSON. Started again,
 * it goes on where the one before was killed.
 */
const [database = '', url = '', runId = ''] = process.argv.slice(2)
const target = JSON.parse(database)
await using ops = createOps({
  ...ledgerOpsOptions(url),
  database: target.kind === 'server' ? target.url : embedded(target.directory),
  leaseMs: 1_000,
})
const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })
ops.startWorker({ everyMs: 20 })
for await (const { state, progress } of acme.runs.watch(runId))
  process.stdout.write(`${JSON.stringify({ state, done: progress.done })}\n`)
