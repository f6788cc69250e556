import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOps, embedded } from '@opslayer/core'
import { createFetchHandler, createNodeHandler } from '@opslayer/server'
import { servePage } from '../testing/serve-page.ts'

// Serves the test page and a table of leads; writes where they are to its output, and ends when its input does.

// Usage: leads-server.ts [rows] [connection string]; without one the database is embedded.
const [rowCount, database] = [Number(process.argv[2] ?? 1_000), process.argv[3]]
const directory = await mkdtemp(join(tmpdir(), 'opslayer-leads-'))
const ops = createOps({ database: database ?? embedded(directory) })
await ops.migrate()
const actor = { type: 'user', id: 'u1', role: 'admin' } as const
const acme = ops.forOrg({ orgId: 'acme', actor })
const { id: tableId } = await acme.tables.create({
  name: 'Leads',
  columns: [
    { name: 'Number', type: 'number' },
    { name: 'Email', type: 'email' },
    { name: 'Score', type: 'number' },
  ],
})
function* leads() {
  for (let n = 0; n < rowCount; n++) yield { cells: { number: n, email: `p${n}@acme.com`, score: n % 100 } }
}
await acme.rows.load(tableId, leads())
// What `ops.startMaintenance()` of a host does within a minute.
await acme.advisor.run()

const handler = createFetchHandler(ops, { context: () => ({ orgId: 'acme', actor }) })
const page = await servePage(join(import.meta.dirname, '../page'), { api: createNodeHandler(handler) })
console.log(JSON.stringify({ url: page.url, tableId }))

process.stdin.resume()
process.stdin.once('end', async () => {
  await page[Symbol.asyncDispose]()
  await ops.close()
  await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  process.exit(0)
})
