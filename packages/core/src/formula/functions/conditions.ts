import { comparableSql, comparisonOf } from '../compare-values.ts'
import { FormulaError } from '../formula-error.ts'
import {
  type Compiled,
  defineFunction,
  defineLazyFunction,
  type FormulaFunction,
  parameter,
} from '../formula-function.ts'
import { code, list, raw } from '../fragment.ts'

const group = 'logic'
const blank: Compiled = () => null

function connective(name: 'AND' | 'OR', summary: string, examples: FormulaFunction['examples']) {
  // The value that decides alone; what stands behind it does not count.
  const deciding = name === 'OR'
  return defineLazyFunction({
    name,
    group,
    summary,
    parameters: [parameter('condition', 'boolean')],
    rest: [parameter('condition', 'boolean')],
    result: 'boolean',
    sql: (args) => {
      const values = args.map(({ value }) => code`coalesce(${value}, false)`)
      const value = code`(${list(values, deciding ? ' or ' : ' and ')})`
      if (args.every(({ error }) => error === null)) return { value, error: null }
      const failures = args.flatMap(({ value, error }) => [
        ...(error === null ? [] : [code`when ${error} is not null then ${error}`]),
        deciding ? code`when ${value} then null::int` : code`when ${value} is not true then null::int`,
      ])
      return { value, error: code`case ${list(failures, ' ')} end` }
    },
    evaluate: (args, scope) => {
      for (const arg of args) {
        const held = arg(scope)
        if (held instanceof FormulaError) return held
        if ((held === true) === deciding) return deciding
      }
      return !deciding
    },
    examples,
  })
}

const not = defineFunction({
  name: 'NOT',
  group,
  summary: 'The opposite; of a blank, true.',
  parameters: [parameter('condition', 'boolean')],
  result: 'boolean',
  seesBlanks: true,
  sql: ([condition]) => code`(${condition} is not true)`,
  evaluate: ([condition]) => condition !== true,
  examples: [
    { formula: 'NOT(1 > 2)', result: true },
    { formula: 'NOT 1 = 2', result: true },
  ],
})

const xor = defineFunction({
  name: 'XOR',
  group,
  summary: 'Whether an odd number of conditions hold; of two, whether exactly one does.',
  parameters: [parameter('condition', 'boolean')],
  rest: [parameter('condition', 'boolean')],
  result: 'boolean',
  seesBlanks: true,
  sql: (args) =>
    code`((${list(
      args.map((arg) => code`(${arg} is true)::int`),
      ' + ',
    )}) % 2 = 1)`,
  evaluate: (args) => args.filter((held) => held === true).length % 2 === 1,
  examples: [{ formula: 'XOR(1 = 1, 2 = 2)', result: false }],
})

const isError = defineLazyFunction({
  name: 'ISERROR',
  group,
  summary: 'Whether the value is an error.',
  parameters: [parameter('value', 'any')],
  result: 'boolean',
  sql: ([value]) => ({
    value: (value?.error ?? null) === null ? raw('false') : code`(${value?.error ?? raw('null')} is not null)`,
    error: null,
  }),
  evaluate: ([value = blank], scope) => value(scope) instanceof FormulaError,
  examples: [
    { formula: 'ISERROR(1 / 0)', result: true },
    { formula: 'ISERROR("")', result: false },
  ],
})

const isBlank = defineFunction({
  name: 'ISBLANK',
  group,
  summary: 'Whether the value is empty. An unticked checkbox that was never set is blank too.',
  parameters: [parameter('value', 'any')],
  result: 'boolean',
  aliases: ['IS_BLANK', 'ISEMPTY'],
  seesBlanks: true,
  sql: ([value]) => code`(${value} is null)`,
  evaluate: ([value]) => value === null,
  examples: [
    { formula: 'ISBLANK("")', result: true },
    { formula: 'ISBLANK(0)', result: false },
  ],
})

const blankFunction = defineFunction({
  name: 'BLANK',
  group,
  summary: 'Nothing, as in an empty cell.',
  parameters: [],
  result: 'blank',
  sql: () => raw('null::text'),
  evaluate: () => null,
  examples: [{ formula: 'BLANK()', result: null }],
})

const between = defineFunction({
  name: 'BETWEEN',
  group,
  summary: 'Whether the value lies between two others or equals one of them; false if one is blank.',
  parameters: [parameter('value', 'S'), parameter('lowest', 'S'), parameter('highest', 'S')],
  result: 'boolean',
  allows: ['text', 'number', 'date', 'datetime', 'duration'],
  seesBlanks: true,
  sql: ([value, low, high], { S }) =>
    code`coalesce(${comparableSql(value, S)} between ${comparableSql(low, S)} and ${comparableSql(high, S)}, false)`,
  evaluate: ([value, low, high], _, { S }) => {
    if (value === null || low === null || high === null) return false
    const compare = comparisonOf(S)
    return compare(low, value) <= 0 && compare(value, high) <= 0
  },
  examples: [
    { formula: 'BETWEEN(5, 1, 10)', result: true },
    { formula: 'BETWEEN(DATE(2026, 2, 1), "2026-01-01", "2026-01-31")', result: false },
  ],
})

export const conditionFunctions: readonly FormulaFunction[] = [
  connective(
    'AND',
    'Whether all conditions hold. Those behind the first that does not are not looked at. Also written a AND b.',
    [
      { formula: 'AND(1 = 1, 2 > 1)', result: true },
      { formula: '1 = 2 AND 1 / 0 = 1', result: false },
      { formula: 'AND(TRUE, BLANK())', result: false },
    ],
  ),
  connective(
    'OR',
    'Whether one of the conditions holds. Those behind the first that does are not looked at. Also written a OR b.',
    [
      { formula: 'OR(1 = 2, 2 > 1)', result: true },
      { formula: '1 = 1 OR 1 / 0 = 1', result: true },
    ],
  ),
  not,
  xor,
  between,
  isBlank,
  isError,
  blankFunction,
]
