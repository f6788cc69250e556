import { describe, expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import { openQueryDatabase } from '../query/testing/query-database.ts'
import { builtInFunctions } from './built-in-functions.ts'
import { createEvaluator } from './evaluate.ts'
import { defineComposition, defineFunction, parameter } from './formula-function.ts'
import { code } from './fragment.ts'
import { createFunctionRegistry } from './function-registry.ts'
import { checked, runInSql, shown, testMoment } from './testing/formula-databases.ts'

const double = (name: string) =>
  defineFunction({
    name,
    group: 'custom',
    summary: 'Twice the number.',
    parameters: [parameter('number', 'number')],
    result: 'number',
    sql: ([number]) => code`(2 * ${number})`,
    evaluate: ([number]) => 2 * number,
    examples: [{ formula: 'ACME.TWICE(2)', result: 4 }],
  })
const twice = double('ACME.TWICE')
const margin = defineComposition({
  name: 'ACME.MARGIN',
  group: 'custom',
  summary: 'The share of the price that is left.',
  parameters: [parameter('price', 'number'), parameter('cost', 'number')],
  formula: '(@price - @cost) / @price',
  examples: [{ formula: 'ACME.MARGIN(100, 80)', result: 0.2 }],
})
const functions = createFunctionRegistry(builtInFunctions, [twice, margin])

describe('functions of hosts and plugins', () => {
  it('must have names of their own, in capitals', () => {
    expect(() => createFunctionRegistry(builtInFunctions, [double('twice')])).toThrow(/named in capitals/)
    expect(() => createFunctionRegistry(builtInFunctions, [double('SUM')])).toThrow(/already a formula function SUM/)
    expect(() => createFunctionRegistry(builtInFunctions, [twice, twice])).toThrow(
      /already a formula function ACME.TWICE/,
    )
  })
})

describeDatabases('functions of hosts and plugins', (makeDatabase) => {
  it('run in SQL and in TypeScript, compositions within each other too', async () => {
    await using database = await openQueryDatabase(makeDatabase)
    const sources = [
      'acme.twice(3)',
      'ACME.MARGIN(ACME.TWICE(50), ACME.MARGIN(10, 5)) + ACME.MARGIN(1, 1)',
      'ACME.MARGIN(0, 1)',
    ]
    const formulas = sources.map((source) => checked(source, { functions, keepConstants: true }))
    const expected = [6, 0.995, '#DIV/0!']
    expect(formulas.map((formula) => shown(createEvaluator(formula).evaluate({}, testMoment)))).toEqual(expected)
    expect(await runInSql(database, formulas)).toEqual([expected])
  })
})
