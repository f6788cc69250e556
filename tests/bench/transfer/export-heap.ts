import { createOps, type ExportQuery } from '@opslayer/core'
import { orgId } from '../store/bench-table.ts'

/** Exports the table given as the format given, and prints the most memory for objects and buffers that it took, in MB. */
const [database = '', tableId = '', format = ''] = process.argv.slice(2)
await using ops = createOps({ database })
const acme = ops.forOrg({ orgId, actor: { type: 'user', id: 'bench' } })
const { body } = await acme.exports.stream(tableId, { format } as ExportQuery)
let most = 0
for await (const chunk of body) {
  if (chunk.length === 0) continue
  const { heapUsed, external } = process.memoryUsage()
  most = Math.max(most, heapUsed + external)
}
process.stdout.write(`${most / 1024 / 1024}\n`)
