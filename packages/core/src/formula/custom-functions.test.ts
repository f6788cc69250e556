import { describe, expect, it } from 'vitest'
import { describeDatabases } from '../../../../tests/databases/describe-databases.ts'
import type { FunctionPart } from '../plugin/function-part.ts'
import { openQueryDatabase } from '../query/testing/query-database.ts'
import { testFormulaFunctions } from '../testing/conformance/function-checks.ts'
import { builtInFunctions } from './built-in-functions.ts'
import { createEvaluator } from './evaluate.ts'
import { defineComposition, defineFunction, optional, parameter } from './formula-function.ts'
import { code } from './fragment.ts'
import { createFunctionRegistry } from './function-registry.ts'
import { checked, runInSql, shown, testMoment } from './testing/formula-databases.ts'

const facts = { name: 'ACME.TWICE', group: 'custom', summary: 'Twice the number.' } as const
const twice = defineFunction({
  ...facts,
  parameters: [parameter('number', 'number')],
  result: 'number',
  sql: ([number]) => code`(2 * ${number})`,
  evaluate: ([number]) => 2 * number,
  examples: [{ formula: 'ACME.TWICE(2)', result: 4 }],
})
const share = {
  name: 'ACME.MARGIN',
  group: 'custom',
  summary: 'The share of the price that is left.',
  parameters: [parameter('price', 'number'), parameter('cost', 'number')],
  formula: '(@price - @cost) / @price',
  examples: [{ formula: 'ACME.MARGIN(100, 80)', result: 0.2 }],
} as const
const margin = defineComposition(share)
const functions = createFunctionRegistry(builtInFunctions, [twice, margin])

/** Past the types on purpose: what authors write in JavaScript. */
const register = (...given: readonly object[]) =>
  createFunctionRegistry(builtInFunctions, given as readonly FunctionPart[])

describe('functions of hosts and plugins', () => {
  it.each<[said: RegExp | string, given: readonly unknown[]]>([
    ['named in capitals, digits and “_”, such as REOON.SCORE, not “twice”', [{ ...twice, name: 'twice' }]],
    ['not “__proto__”', [{ ...twice, name: '__proto__' }]],
    ['not “IF”', [{ ...twice, aliases: ['IF'] }]],
    ['already a formula function SUM', [{ ...twice, name: 'SUM' }]],
    ['already a formula function ACME.TWICE', [twice, twice]],
    ['Formula function ?: it is none. Make it with defineFunction(…)', [null]],
    ['ACME.TWICE: "summary" must say', [{ ...twice, summary: ' ' }]],
    ['ACME.TWICE: "examples" must be a list', [{ ...twice, examples: undefined }]],
    ['ACME.TWICE: "kind" is set by', [{ ...twice, kind: 'magic' }]],
    ['ACME.TWICE: "sql" must be a function', [{ ...twice, sql: 'select 1' }]],
    ['ACME.TWICE: "evaluate" must be a function', [{ ...twice, evaluate: undefined }]],
    ['ACME.TWICE: "result" must be a type: text, number', [{ ...twice, result: 'integer' }]],
    ['ACME.TWICE: "parameters" must be a list', [{ ...twice, parameters: { number: 'number' } }]],
    ['parameter “number” must have a type', [{ ...twice, parameters: [parameter('number', 'int' as never)] }]],
    ['parameter “a” needs a name of its own', [{ ...twice, parameters: [twice.parameters[0], ...pair('a', 'a')] }]],
    [
      'parameter “b” follows one that may be left out',
      [{ ...twice, parameters: [optional('a', 'text'), pair('b')[0]] }],
    ],
    ['its "sql" gives nothing that can be used', [{ ...twice, sql: () => undefined }]],
    ['its "sql" gives nothing that can be used: no SQL today', [{ ...twice, sql: () => fail('no SQL today') }]],
    ['its example ACME.TWICE(2) gives 4, not 5', [{ ...twice, examples: [{ formula: 'ACME.TWICE(2)', result: 5 }] }]],
    ['its example ACME.TWICE(2) gives "#VALUE!", not 4', [{ ...twice, evaluate: () => fail('not today') }]],
    ['its example ACME.TWICE(2) gives "#VALUE!", not 4', [{ ...twice, evaluate: () => 'four' }]],
    ['ACME.TWICE("two") cannot be used', [{ ...twice, examples: [{ formula: 'ACME.TWICE("two")', result: 4 }] }]],
    ['each of its "examples" has a "formula"', [{ ...twice, examples: ['ACME.TWICE(2)'] }]],
    ['ACME.MARGIN: "formula" must be a text', [{ ...margin, formula: undefined }]],
    ['ACME.MARGIN cannot be used: ', [{ ...margin, formula: '@price +' }]],
    ['ACME.MARGIN has no parameter @revenue', [{ ...margin, formula: '@price - @revenue' }]],
    ['There is no function GAIN', [{ ...margin, formula: 'GAIN(@price)' }]],
    ['too many composed functions', [{ ...margin, formula: 'ACME.MARGIN(@price, @cost)' }]],
    ['parameter “Price” must be lower-case words', [{ ...margin, parameters: pair('Price') }]],
    ['parameter “price” cannot be left out', [{ ...margin, parameters: [optional('price', 'number')] }]],
  ])('are refused: %s', (said, given) => {
    expect(() => register(...(given as readonly object[]))).toThrow(said)
  })

  it('that throw or give another type than they say fail their cell, and nothing else', () => {
    const registry = register(
      defineFunction({
        ...facts,
        name: 'BAD',
        parameters: [parameter('n', 'number')],
        result: 'number',
        sql: ([n]) => n,
        evaluate: () => fail('no'),
        examples: [],
      }),
      defineFunction({
        ...facts,
        name: 'ODD',
        parameters: [parameter('n', 'number')],
        result: 'list<text>',
        sql: () => code`null::text[]`,
        evaluate: ([n]) => [n] as never,
        examples: [],
      }),
    )
    const evaluate = (source: string) =>
      shown(createEvaluator(checked(source, { functions: registry })).evaluate({}, testMoment))
    expect([evaluate('BAD(1)'), evaluate('IFERROR(BAD(1), 7)'), evaluate('ODD(1)')]).toEqual(['#VALUE!', 7, '#VALUE!'])
  })

  it('are held against their examples in SQL by the conformance kit', async () => {
    await testFormulaFunctions([twice, margin])
    const wrong = { ...twice, sql: ([number]: Parameters<typeof twice.sql>[0]) => code`(3 * ${number})` }
    await expect(testFormulaFunctions([wrong])).rejects.toThrow('In SQL, ACME.TWICE(2) gives 6, not 4.')
    await expect(testFormulaFunctions([{ ...twice, examples: [] } as FunctionPart])).rejects.toThrow('has no example')
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

function pair(...names: readonly string[]) {
  return names.map((name) => parameter(name, 'number'))
}

function fail(message: string): never {
  throw new Error(message)
}
