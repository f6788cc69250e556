import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOps, embedded } from '@opslayer/core'
import { startSimulator } from '@opslayer/core/testing'
import { reoon } from '@opslayer/plugins/reoon'
import { reoonSimulator } from '@opslayer/plugins/reoon/simulator'
import { createFetchHandler, createNodeHandler } from '@opslayer/server'
import { signpost } from '../../../examples/custom-plugin/plugin.ts'
import { signpostSimulator } from '../../../examples/custom-plugin/simulator.ts'
import { points } from '../page/host-functions.ts'
import { servePage } from '../testing/serve-page.ts'

// Serves the test page and a small table of deals to work on with dialogs; writes where they are to its output, and ends
// when its input does.

const directory = await mkdtemp(join(tmpdir(), 'opslayer-dialogs-'))
const vendor = await startSimulator(reoonSimulator)
const other = await startSimulator(signpostSimulator)
const ops = createOps({
  database: embedded(directory),
  plugins: [reoon({ baseUrl: vendor.url }), signpost({ baseUrl: other.url })],
  functions: [points],
})
await ops.migrate()
const actor = { type: 'user', id: 'u1', role: 'admin' } as const
const acme = ops.forOrg({ orgId: 'acme', actor })
const { id: tableId } = await acme.tables.create({
  name: 'Deals',
  columns: [
    { name: 'Name', type: 'text' },
    { name: 'Email', type: 'email' },
    { name: 'Score', type: 'number' },
    { name: 'Amount', type: 'currency', settings: { code: 'EUR' } },
    { name: 'Plan', type: 'text' },
  ],
})
const names = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Edsger Dijkstra', 'Barbara Liskov']
await acme.rows.load(
  tableId,
  Array.from({ length: 40 }, (_, n) => ({
    cells: {
      name: names[n % names.length] ?? '',
      email: `p${n}@acme.com`,
      score: n * 3,
      amount: 1_000 + n * 250,
      plan: ['Team', 'Business', 'free', '12'][n % 4] ?? '',
    },
  })),
)

const handler = createFetchHandler(ops, { context: () => ({ orgId: 'acme', actor, session: 'session-1' }) })
const [root, api] = [join(import.meta.dirname, '../page'), createNodeHandler(handler)]
const page = await servePage(root, { api })
const inDevelopment = await servePage(root, { api, development: true })
console.log(JSON.stringify({ url: page.url, developmentUrl: inDevelopment.url, tableId }))

process.stdin.resume()
process.stdin.once('end', async () => {
  await page[Symbol.asyncDispose]()
  await inDevelopment[Symbol.asyncDispose]()
  await ops.close()
  await vendor[Symbol.asyncDispose]()
  await other[Symbol.asyncDispose]()
  await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  process.exit(0)
})
