import { builtInRegistry } from '../../packages/core/src/formula/built-in-functions.ts'
import { checkFormula } from '../../packages/core/src/formula/check.ts'
import { createEvaluator } from '../../packages/core/src/formula/evaluate.ts'
import type { FormulaColumn } from '../../packages/core/src/formula/formula-column.ts'
import { createBench } from './harness.ts'

/** Previews: a formula of six functions over rows in memory, as the browser computes it. */
const columns: readonly FormulaColumn[] = [
  { id: 'col_1', key: 'name', name: 'Name', type: 'text', cell: 'c1' },
  { id: 'col_2', key: 'price', name: 'Price', type: 'number', cell: 'c2' },
  { id: 'col_3', key: 'discount', name: 'Discount', type: 'number', cell: 'c3' },
]
const source = 'IF(LEN(TRIM(@name)) > 3, ROUND(@price * (1 - @discount), 1), ABS(@price)) + MAX(@price, @discount)'
const rowsPerCall = 1_000

const checked = checkFormula(source, { columns, functions: builtInRegistry })
if (!checked.ok) throw new Error(checked.faults.map(({ message }) => message).join(' '))
const { evaluate } = createEvaluator(checked.value)

const bench = createBench('formula-evaluator')
const rows = Array.from({ length: rowsPerCall }, (_, i) => ({
  col_1: ['Ada', '  Ada Lovelace ', 'Grace Hopper'][i % 3] ?? '',
  col_2: i * 1.37,
  col_3: (i % 10) / 20,
}))
const moment = { now: Date.now(), timeZone: 'Europe/Berlin' }

await bench.measure(
  'six functions in TypeScript',
  async () => {
    for (const row of rows) evaluate(row, moment)
  },
  { itemsPerCall: rowsPerCall, calls: 20 },
)
bench.finish()
