import { createOps, embedded } from '@opslayer/core'
import { quarterType } from './quarter-type.ts'

// A column type of the host's own, beside the built-in ones.
await using ops = createOps({ database: embedded('memory'), columnTypes: [quarterType] })
await ops.migrate()
const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })

const deals = await acme.tables.create({
  name: 'Deals',
  columns: [
    { name: 'Deal', type: 'text' },
    { name: 'Closes', type: 'quarter', settings: { firstMonth: 4 } },
  ],
})
const { errors } = await acme.rows.insert(deals.id, [
  { cells: { deal: 'Northwind', closes: 'Q3 2026' } },
  { cells: { deal: 'Bluepeak', closes: '2026-08-15' } },
  { cells: { deal: 'Kestrel', closes: 'q1/26' } },
  { cells: { deal: 'Mosaic', closes: 'after the summer' } },
])
for (const { index, column, message } of errors) console.log(`row ${index}, ${column}: ${message}`)

const page = await acme.rows.page(deals.id, {
  filter: { column: 'closes', op: 'after', value: 'Q1 2026' },
  sort: [{ column: 'closes', dir: 'desc' }],
})
for (const { cells } of page.rows) console.log(cells.deal, cells.closes)
