import { describe, expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { openQueryDatabase } from '../query/testing/query-database.ts'
import { builtInFunctions, builtInRegistry } from './built-in-functions.ts'
import { createEvaluator } from './evaluate.ts'
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
})
