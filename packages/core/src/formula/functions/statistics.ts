import { comparableSql, comparisonOf } from '../compare-values.ts'
import { errorWhen } from '../error-fragment.ts'
import { formulaError } from '../formula-error.ts'
import { defineFunction, type FormulaFunction, type FunctionExample, parameter } from '../formula-function.ts'
import type { FormulaType } from '../formula-type.ts'
import { code, type Fragment, list, raw, sqlTypeOf } from '../fragment.ts'
import { itemsOf } from './lists.ts'

const group = 'statistics'
const badList = formulaError('bad-list')

type Measure = 'number' | 'duration'

/** All numbers of several lists in one, blanks as empty. */
function together(lists: readonly Fragment[], type: FormulaType): Fragment {
  const empty = raw(`'{}'::${sqlTypeOf(type)}[]`)
  return code`(${list(
    lists.map((each) => code`coalesce(${each}, ${empty})`),
    ' || ',
  )})`
}

/** The sum of an array from its beginning, null if it is empty; every addend is at most 1e100, so it cannot overflow. */
const sumSql = (values: Fragment) => code`(select sum(item.value order by item.place) from ${itemsOf(values)})`

function sumOf(values: readonly number[]): number {
  let sum = values[0] ?? 0
  for (let i = 1; i < values.length; i++) sum += values[i] ?? 0
  return sum
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length
}

/** A value that is computed once and mentioned as `v.a` in the expression. */
function withValue(value: Fragment, expression: Fragment): Fragment {
  return code`(select ${expression} from (select ${value} as a offset 0) as v)`
}
const given = raw('v.a')

/** Fragments of one number after another, blanks left out. */
function overValues(
  name: string,
  type: Measure,
  summary: string,
  sql: (values: readonly Fragment[]) => Fragment,
  evaluate: (values: readonly number[]) => number,
  examples: readonly FunctionExample[],
  aliases: readonly string[] = [],
) {
  return defineFunction({
    name,
    group,
    aliases,
    summary: `${summary} Blanks are left out.`,
    parameters: [parameter('value', type), parameter('value', type)],
    rest: [parameter('value', type)],
    result: type,
    seesBlanks: true,
    sql: (args) => sql(args),
    evaluate: (args) => {
      const values = args.filter((value) => value !== null)
      return values.length === 0 ? null : evaluate(values)
    },
    examples,
  })
}

function overLists(
  name: string,
  type: Measure,
  summary: string,
  sql: (values: Fragment) => Fragment,
  evaluate: (values: readonly number[]) => number,
  examples: readonly FunctionExample[],
  aliases: readonly string[] = [],
) {
  return defineFunction({
    name,
    group,
    aliases,
    summary,
    parameters: [parameter('list', `list<${type}>`)],
    rest: [parameter('list', `list<${type}>`)],
    result: type,
    seesBlanks: true,
    sql: (args) => sql(together(args, type)),
    evaluate: (args) => {
      const values = (args as readonly (readonly number[] | null)[]).flatMap((each) => each ?? [])
      return values.length === 0 ? null : evaluate(values)
    },
    examples,
  })
}

const sumOfValuesSql = (values: readonly Fragment[]) =>
  code`case when num_nonnulls(${list(values)}) > 0 then ${list(
    values.map((value) => code`coalesce(${value}, 0)`),
    ' + ',
  )} end`

const means = {
  values: (values: readonly Fragment[]) =>
    code`((${list(
      values.map((value) => code`coalesce(${value}, 0)`),
      ' + ',
    )}) / nullif(num_nonnulls(${list(values)}), 0))`,
  list: (values: Fragment) => withValue(values, code`${sumSql(given)} / nullif(cardinality(${given}), 0)`),
}

const sorted = (values: Fragment) => code`array(select item.value from ${itemsOf(values)} order by item.value)`

function medianOf(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b)
  const low = ordered[(ordered.length - 1) >> 1] ?? 0
  const high = ordered[ordered.length >> 1] ?? 0
  return (low + high) / 2
}

const medianSql = (values: Fragment) =>
  withValue(
    sorted(values),
    code`((${given})[(cardinality(${given}) + 1) / 2] + (${given})[cardinality(${given}) / 2 + 1]) / 2`,
  )

function spread(
  name: 'STDEV' | 'VARIANCE',
  summary: string,
  finish: { readonly sql: (variance: Fragment) => Fragment; readonly of: (variance: number) => number },
  example: FunctionExample,
) {
  return defineFunction({
    name,
    group,
    summary,
    parameters: [parameter('list', 'list<number>')],
    rest: [parameter('list', 'list<number>')],
    result: 'number',
    seesBlanks: true,
    sql: (args) => {
      const values = together(args, 'number')
      const mean = code`(select ${sumSql(raw('w.a'))} / nullif(cardinality(w.a), 0))`
      const squares = code`(select sum((item.value - w.mean) * (item.value - w.mean) order by item.place) from ${itemsOf(raw('w.a'))})`
      const variance = code`(select ${squares} / nullif(cardinality(w.a) - 1, 0) from (select w.a, ${mean} as mean from (select ${values} as a offset 0) as w offset 0) as w)`
      return {
        value: finish.sql(variance),
        error: errorWhen(code`cardinality(${values}) < 2`, 'bad-list'),
      }
    },
    evaluate: (args) => {
      const values = (args as readonly (readonly number[] | null)[]).flatMap((each) => each ?? [])
      if (values.length < 2) return badList
      const mean = meanOf(values)
      return finish.of(sumOf(values.map((value) => (value - mean) * (value - mean))) / (values.length - 1))
    },
    examples: [example],
  })
}

const percentile = defineFunction({
  name: 'PERCENTILE',
  group,
  summary: 'The value below which a share (0 to 1) of the numbers lies, between two numbers in proportion.',
  parameters: [parameter('list', 'list<number>'), parameter('share', 'number')],
  result: 'number',
  sql: ([values, share]) => {
    const place = code`(case when ${share} between 0 and 1 then ${share} end * (cardinality(${given}) - 1))`
    const low = code`(${given})[floor(${place})::int + 1]`
    const high = code`(${given})[least(floor(${place})::int + 2, cardinality(${given}))]`
    return {
      value: withValue(sorted(values), code`${low} + (${high} - ${low}) * (${place} - floor(${place}))`),
      error: errorWhen(code`${share} not between 0 and 1`, 'bad-position'),
    }
  },
  evaluate: ([values, share]) => {
    if (share < 0 || share > 1) return formulaError('bad-position')
    const ordered = values.toSorted((a, b) => a - b)
    const place = share * (ordered.length - 1)
    const low = ordered[Math.floor(place)] ?? 0
    const high = ordered[Math.min(Math.floor(place) + 1, ordered.length - 1)] ?? 0
    return low + (high - low) * (place - Math.floor(place))
  },
  examples: [
    { formula: 'PERCENTILE([1, 2, 3, 4], 0.5)', result: 2.5 },
    { formula: 'PERCENTILE([1, 2], 2)', result: '#VALUE!' },
  ],
})

function extreme(
  name: 'MIN' | 'MAX',
  examples: readonly [FunctionExample, FunctionExample],
): readonly FormulaFunction[] {
  const allows = ['number', 'date', 'datetime', 'duration'] as const
  const summary = `The ${name === 'MIN' ? 'smallest or earliest' : 'largest or latest'} of the values, or of a list.`
  const least = name === 'MIN'
  const pick = (values: readonly number[]) => values.reduce((best, value) => (value < best === least ? value : best))
  const ofValues = defineFunction({
    name,
    group,
    summary: `${summary} Blanks are left out.`,
    parameters: [parameter('value', 'S'), parameter('value', 'S')],
    rest: [parameter('value', 'S')],
    result: 'S',
    allows,
    bounded: true,
    seesBlanks: true,
    sql: (args) => code`${raw(least ? 'least' : 'greatest')}(${list(args)})`,
    evaluate: (args) => {
      const values = args.filter((value): value is number => value !== null)
      return values.length === 0 ? null : pick(values)
    },
    examples: [examples[0]],
  })
  const ofList = defineFunction({
    name,
    group,
    summary: `${summary} Blanks are left out.`,
    parameters: [parameter('list', 'list<S>')],
    result: 'S',
    allows,
    bounded: true,
    sql: ([values]) => code`(select ${raw(least ? 'min' : 'max')}(item.value) from ${itemsOf(values)})`,
    evaluate: ([values]) => pick(values as readonly number[]),
    examples: [examples[1]],
  })
  return [ofValues, ofList]
}

const rank = defineFunction({
  name: 'RANK',
  group,
  summary:
    'The place of a value in a list from the largest down; equal values share a place; blank if it is not there.',
  parameters: [parameter('value', 'S'), parameter('list', 'list<S>')],
  result: 'number',
  allows: ['number', 'date', 'datetime', 'duration', 'text'],
  bounded: true,
  sql: ([value, values], { S }) => {
    const [one, other] = [comparableSql(value, S), comparableSql(raw('item.value'), S)]
    return code`(select case when count(*) filter (where ${other} = ${one}) > 0 then 1 + count(*) filter (where ${other} > ${one}) end from ${itemsOf(values)})::float8`
  },
  evaluate: ([value, values], _, { S }) => {
    const compare = comparisonOf(S)
    if (!values.some((each) => compare(each, value) === 0)) return null
    return 1 + values.filter((each) => compare(each, value) > 0).length
  },
  examples: [{ formula: 'RANK(5, [9, 5, 7, 5])', result: 3 }],
})

export const statisticsFunctions: readonly FormulaFunction[] = [
  overValues('SUM', 'number', 'The sum.', sumOfValuesSql, sumOf, [
    { formula: 'SUM(1, BLANK(), 2)', result: 3 },
    { formula: 'SUM(BLANK(), BLANK())', result: null },
  ]),
  overLists('SUM', 'number', 'The sum of lists.', sumSql, sumOf, [{ formula: 'SUM([1, 2], 3)', result: 6 }]),
  overValues('SUM', 'duration', 'The sum of durations.', sumOfValuesSql, sumOf, [
    { formula: 'SUM(DURATION(1), DURATION(2))', result: 10800 },
  ]),
  overValues(
    'AVERAGE',
    'number',
    'The mean.',
    means.values,
    meanOf,
    [{ formula: 'AVERAGE(1, BLANK(), 2)', result: 1.5 }],
    ['AVG', 'MEAN'],
  ),
  overLists(
    'AVERAGE',
    'number',
    'The mean of lists.',
    means.list,
    meanOf,
    [{ formula: 'AVERAGE([1, 2, 6])', result: 3 }],
    ['AVG', 'MEAN'],
  ),
  ...extreme('MIN', [
    { formula: 'MIN(3, BLANK(), 2)', result: 2 },
    { formula: 'MIN([DATE(2026, 2, 1), DATE(2026, 1, 1)])', result: '2026-01-01' },
  ]),
  ...extreme('MAX', [
    { formula: 'MAX(DATE(2026, 2, 1), "2026-01-01")', result: '2026-02-01' },
    { formula: 'MAX([3, 9, 2])', result: 9 },
  ]),
  overLists('MEDIAN', 'number', 'The number in the middle, or the mean of the two there.', medianSql, medianOf, [
    { formula: 'MEDIAN(1, 9, 3)', result: 3 },
    { formula: 'MEDIAN([1, 2, 3, 4])', result: 2.5 },
  ]),
  spread(
    'STDEV',
    'The standard deviation of a sample.',
    { sql: (variance) => code`sqrt(${variance})`, of: Math.sqrt },
    {
      formula: 'ROUND(STDEV(2, 4, 4, 4, 5, 5, 7, 9), 3)',
      result: 2.138,
    },
  ),
  spread(
    'VARIANCE',
    'The variance of a sample.',
    { sql: (variance) => variance, of: (variance) => variance },
    {
      formula: 'VARIANCE([1, 2, 3])',
      result: 1,
    },
  ),
  percentile,
  rank,
]
