import type { OrgOps } from '@opslayer/core'
import type { Bench } from '../harness.ts'
import { asInputs, createSales, filled, sales } from './sales.ts'

/** Ten formulas over the price; none reads the visits. */
const tenReaders = [
  '@price * @amount',
  'ROUND(@f0 * (1 - @discount), 2)',
  'MAX(@f0, @f1)',
  '@f1 / @amount',
  'IF(@f0 > 100, "high", "low")',
  '@f4 & " " & @customer',
  'UPPER(LEFT(@f5, 10))',
  'ROUND(@price)',
  '@f7 + @f3',
  'ABS(@f8 - @price)',
]

export async function measureEdits(bench: Bench, acme: OrgOps, count: number): Promise<void> {
  const formulas = tenReaders.map((formula, place) => ({ key: `f${place}`, name: `F ${place}`, formula }))
  const tableId = await createSales(acme, 'Edited', formulas)
  await acme.rows.load(tableId, asInputs(sales(count)))
  const { rows } = await acme.rows.page(tableId, { limit: 1_000 })
  const { random } = bench
  const any = () => rows[random.below(rows.length)]?.id ?? ''
  await bench.compare(
    'edit with ten formulas',
    {
      ours: () => acme.rows.update(tableId, [{ id: any(), cells: { price: random.below(1e6) } }]),
      limit: () => acme.rows.update(tableId, [{ id: any(), cells: { visits: random.below(1e6) } }]),
    },
    { runs: 300, warmUp: 50 },
  )
}

/** Forty formulas, each using the one before twice: unfenced, the SQL of the last would be 2^40 times the first. */
export async function measureLongChain(bench: Bench, acme: OrgOps): Promise<void> {
  const formulas = Array.from({ length: 40 }, (_, place) => ({
    key: `f${place}`,
    name: `F ${place}`,
    formula: place === 0 ? '@price' : `@f${place - 1} * 0.5 + @f${place - 1} / 3`,
  }))
  const tableId = await createSales(acme, 'Long chain', formulas)
  await acme.rows.load(tableId, asInputs(sales(1_000)))
  await filled(acme, tableId)
  let round = 0
  await bench.measure(
    'edit of 1,000 rows with a chain of 40',
    () => acme.rows.updateWhere(tableId, 'all', { price: round }),
    {
      runs: 15,
      warmUp: 2,
      before: () => {
        round += 1
      },
    },
  )
}
