import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { openQueryDatabase } from '../query/testing/query-database.ts'
import { builtInFunctions, builtInRegistry } from './built-in-functions.ts'
import { createEvaluator } from './evaluate.ts'
import type { FormulaColumn } from './formula-column.ts'
import { checked, runInSql, shown, testMoment } from './testing/formula-databases.ts'

const examples = builtInFunctions.flatMap(({ name, examples: each }) => each.map((example) => ({ name, ...example })))

describe('functions', () => {
  it('are at least ninety, each with a summary and an example', () => {
    const callable = builtInRegistry.names
    expect(callable.length).toBeGreaterThanOrEqual(90)
    for (const { name, summary, examples: each } of builtInFunctions) {
      expect(summary, name).toMatch(/^\S.*[.!]$/s)
      expect(each.length, name).toBeGreaterThan(0)
    }
  })

  it.each(examples)('$name: $formula', ({ formula, result }) => {
    expect(shown(createEvaluator(checked(formula)).evaluate({}, testMoment))).toEqual(result)
  })
})

describeDatabases('functions in SQL', (makeDatabase) => {
  it('give what the examples say', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const formulas = examples.map(({ formula }) => checked(formula, { keepConstants: true }))
    const [row = []] = await runInSql(database, formulas)
    examples.forEach(({ formula, result }, i) => {
      expect(row[i], formula).toEqual(result)
    })
  })
  it('round to the same digits beside ties, where floating point is at its worst', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const n: FormulaColumn = { id: 'col_1', key: 'n', name: 'N', type: 'number', cell: 'c1' }
    const places = [0, 1, 2, 3, 6, 9, 12, 13]
    const formulas = places.map((each) => checked(`ROUND(@n * 1, ${each})`, { columns: [n] }))
    const evaluators = formulas.map((formula) => createEvaluator(formula))
    const values = places.flatMap((each) => numbersBesideTies(each))
    const source = sql`(select c1 from jsonb_to_recordset(${JSON.stringify(values.map((c1) => ({ c1 })))}::jsonb) as r(c1 numeric))`
    const rows = await runInSql(database, formulas, testMoment, source)
    const ours = values.map((value) =>
      evaluators.map((evaluator) => shown(evaluator.evaluate({ col_1: value }, testMoment))),
    )
    expect(rows).toEqual(ours)
  })
})

/** Halves of the last place, small and large, and what lies from a digit of a float to a thousandth beside them. */
function numbersBesideTies(places: number): readonly number[] {
  const unit = 10 ** -places
  return [0, 1, 2, 67, 12_345, 999_999_999, 499_999_999_999].flatMap((whole) => {
    const tie = (whole + 0.5) * unit
    const beside = [0, 1e-16, -1e-16, 3e-16, 5e-15, -5e-15, 1e-12, -1e-12].map((share) => tie * (1 + share))
    const near = [0.001, -0.001, 0.002, -0.002].map((share) => tie + share * unit)
    return [...beside, ...near].flatMap((value) => [value, -value])
  })
}
