import type { ColumnInput, OrgOps } from '@opslayer/core'
import type { Client } from 'pg'
import { seededRandom } from '../seeded-random.ts'

/** What people fill in. */
export const saleColumns = [
  { key: 'customer', name: 'Customer', type: 'text' },
  { key: 'city', name: 'City', type: 'text' },
  { key: 'price', name: 'Price', type: 'number' },
  { key: 'discount', name: 'Discount', type: 'number' },
  { key: 'amount', name: 'Amount', type: 'number' },
  { key: 'visits', name: 'Visits', type: 'number' },
  { key: 'signed', name: 'Signed', type: 'date' },
  { key: 'notes', name: 'Notes', type: 'long_text' },
] as const satisfies readonly ColumnInput[]

export type Sale = Readonly<Record<(typeof saleColumns)[number]['key'], string | number | null>>

const cities = ['Berlin', 'Paris', 'Madrid', 'Rome', 'Warsaw', 'Kyoto', 'Recife', 'Ottawa', 'Pune', 'Nairobi']

/** The same rows in every run. */
export function* sales(count: number, seed = 1): Generator<Sale> {
  const random = seededRandom(seed)
  for (let row = 0; row < count; row += 1) {
    yield {
      customer: `${random.pick(['Ada', 'Grace', 'Alan', 'Edsger', ' Barbara '])} ${random.below(100_000)}`,
      city: cities[random.below(cities.length)] ?? '',
      price: random.below(1_000_000) / 100,
      discount: random.below(40) / 100,
      amount: 1 + random.below(20),
      visits: random.below(1_000),
      signed: `20${10 + random.below(16)}-0${1 + random.below(9)}-1${random.below(10)}`,
      notes: 'met at the fair, asked for an offer with longer terms',
    }
  }
}

export function* asInputs(rows: Iterable<Sale>): Generator<{ cells: Sale }> {
  for (const cells of rows) yield { cells }
}

/** Three formulas, each reading the one before, of six functions in all. */
export const chainOfThree = [
  { key: 'net', name: 'Net', formula: 'ROUND(@price * (1 - @discount), 2)' },
  { key: 'grade', name: 'Grade', formula: 'IF(@net > 5000, "A", IF(@net > 1000, "B", "C"))' },
  { key: 'label', name: 'Label', formula: 'CONCAT(UPPER(LEFT(@city, 3)), "-", @grade)' },
] as const satisfies readonly ColumnInput[]

export async function createSales(acme: OrgOps, name: string, formulas: readonly ColumnInput[] = []): Promise<string> {
  const { id } = await acme.tables.create({ name, columns: [...saleColumns, ...formulas] })
  return id
}

/** Waits until every cell of every formula is computed. */
export async function filled(acme: OrgOps, tableId: string): Promise<void> {
  const list = await acme.runs.list({ tableId, states: ['queued', 'running'] })
  for (const run of list.items) await acme.runs.wait(run.id)
  const { columns } = await acme.tables.get(tableId)
  if (columns.some(({ formula }) => formula?.filling === true)) throw new Error('A formula is still being filled.')
}

/** A hand-made twin: the same values in the same order, three more columns for results, as much room for edits. */
export async function createTwin(client: Client, name: string, source: string): Promise<string> {
  const twin = `ideal.${name}`
  const cells = saleColumns.map(({ key }, place) => `c${place + 1} as ${key}`)
  await client.query('create schema if not exists ideal')
  await client.query(
    `create table ${twin} with (fillfactor = 90) as
     select _id as id, ${cells.join(', ')}, null::numeric as net, null::text collate "C" as grade, null::text collate "C" as label from ${source} order by _id`,
  )
  await client.query(`alter table ${twin} add primary key (id)`)
  return twin
}
