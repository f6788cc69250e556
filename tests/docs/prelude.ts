import { createOps, embedded } from '@opslayer/core'

// What the blocks of the guides take for granted: see the first lines of each guide.

export const ops = createOps({ database: embedded('memory') })
await ops.migrate()
export const acme = ops.forOrg({ orgId: 'acme', actor: { type: 'user', id: 'u1' } })

export const leads = await acme.tables.create({
  name: 'Leads',
  columns: [
    { name: 'Name', type: 'text' },
    { name: 'Email', type: 'email', unique: true },
    { name: 'Company', type: 'company' },
    {
      name: 'Stage',
      type: 'status',
      settings: {
        options: [
          { id: 'new', name: 'New', color: 'gray', group: 'open' },
          { id: 'qualified', name: 'Qualified', color: 'blue', group: 'active' },
          { id: 'won', name: 'Won', color: 'green', group: 'done' },
          { id: 'lost', name: 'Lost', color: 'red', group: 'lost' },
        ],
      },
    },
    { name: 'Score', type: 'number' },
    { name: 'ARR', type: 'currency', settings: { code: 'EUR' } },
    { name: 'Closes', type: 'date' },
    {
      name: 'Tags',
      type: 'tags',
      settings: {
        options: [
          { id: 'vip', name: 'VIP' },
          { id: 'partner', name: 'Partner' },
        ],
      },
    },
    { name: 'Subscribed', type: 'checkbox' },
    { name: 'Extra', type: 'json' },
  ],
})

const { rows } = await acme.rows.insert(
  leads.id,
  Array.from({ length: 40 }, (_, place) => ({
    cells: {
      name: ['Ada Lovelace', 'Zoë Lefèvre', 'Björn Åkesson', '田中 さくら'][place % 4],
      email: `lead${place + 1}@example.com`,
      company: ['acme.com', 'northwind.co.uk', null][place % 3],
      stage: ['New', 'Qualified', 'Won', 'Lost', null][place % 5],
      score: place % 7 === 0 ? null : (place * 37) % 101,
      arr: place % 3 === 0 ? null : place * 1_250,
      closes: place % 4 === 0 ? null : `2026-0${(place % 9) + 1}-15`,
      tags: ['VIP', 'Partner', 'VIP, Partner', null][place % 4],
      subscribed: place % 2 === 0,
      extra: { plan: place % 2 === 0 ? 'team' : 'free', seats: place },
    },
  })),
)

const [first] = rows
if (first === undefined) throw new Error('The leads of the guides were not made')
/** A row of `leads`. */
export const row = await acme.rows.get(leads.id, first.id)
