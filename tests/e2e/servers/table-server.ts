import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOps, embedded } from '@opslayer/core'
import { createFetchHandler, createNodeHandler } from '@opslayer/server'
import { quarterType } from '../../../examples/custom-column-type/quarter-type.ts'
import { servePage } from '../testing/serve-page.ts'

// Serves the test page and a small workspace; writes where they are to its output, and ends when its input does. Who
// calls says so in headers: this is no server for anybody.

const rowCount = 240
const directory = await mkdtemp(join(tmpdir(), 'opslayer-table-'))
const ops = createOps({ database: embedded(directory), columnTypes: [quarterType] })
await ops.migrate()
const admin = { type: 'user', id: 'ada', role: 'admin' } as const
const acme = ops.forOrg({ orgId: 'acme', actor: admin })
const stages = [
  { id: 'new', name: 'New', color: 'gray', group: 'open' },
  { id: 'qualified', name: 'Qualified', color: 'blue', group: 'active' },
  { id: 'won', name: 'Won', color: 'green', group: 'done' },
  { id: 'lost', name: 'Lost', color: 'red', group: 'lost' },
]
const { id: tableId } = await acme.tables.create({
  name: 'Leads',
  columns: [
    { name: 'Name', type: 'text' },
    { name: 'Company', type: 'text' },
    { name: 'Email', type: 'email' },
    { name: 'Stage', type: 'status', settings: { options: stages } },
    { name: 'Score', type: 'number' },
    { name: 'Closes', type: 'date' },
    { name: 'Subscribed', type: 'checkbox' },
    { name: 'Doubled', formula: '@score * 2' },
    { name: 'Owner', type: 'person' },
  ],
})
const companies = ['Northwind', 'Acme', 'Globex', 'Initech', 'Umbrella']
await acme.rows.load(
  tableId,
  Array.from({ length: rowCount }, (_, n) => ({
    cells: {
      name: `Person ${n}`,
      company: companies[n % companies.length],
      email: `p${n}@example.com`,
      stage: stages[n % stages.length]?.id,
      score: n,
      closes: `2026-${String((n % 12) + 1).padStart(2, '0')}-15`,
      subscribed: n % 3 === 0,
      owner: 'ada@example.com',
    },
  })),
)

const handler = createFetchHandler(ops, {
  context: (request) => {
    const role = request.headers.get('x-role') ?? 'admin'
    const id = request.headers.get('x-user') ?? 'ada'
    return role === 'nobody' ? null : { orgId: 'acme', actor: { type: 'user', id, role } }
  },
})
const [root, api] = [join(import.meta.dirname, '../page'), createNodeHandler(handler)]
const page = await servePage(root, { api, development: process.argv.includes('--development') })
const react18 = { react: 'react-18', 'react-dom': 'react-dom-18' }
const onReact18 = await servePage(root, { api, development: true, alias: react18 })
console.log(JSON.stringify({ url: page.url, react18Url: onReact18.url, tableId }))

process.stdin.resume()
process.stdin.once('end', async () => {
  await page[Symbol.asyncDispose]()
  await onReact18[Symbol.asyncDispose]()
  await ops.close()
  await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  process.exit(0)
})
