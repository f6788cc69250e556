import { createOps } from '@opslayer/core'

/** Imports the file given into the database given, and prints the most memory that its objects took, in MB. */
const [database = '', path = ''] = process.argv.slice(2)
await using ops = createOps({ database })
const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'bench' } })
let most = 0
const timer = setInterval(() => {
  most = Math.max(most, process.memoryUsage().heapUsed)
}, 5)
const { plan } = await acme.imports.propose(path, { target: { kind: 'new', name: 'Large' } })
const { id } = await acme.imports.start(path, plan)
const run = await acme.runs.wait(id)
clearInterval(timer)
if (run.state !== 'done') throw new Error(`The import ended ${run.state}: ${run.error?.message}`)
process.stdout.write(`${most / 1024 / 1024}\n`)
