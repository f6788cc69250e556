import { comparableSql, comparisonOf } from '../compare-values.ts'
import { defineFunction, type FormulaFunction, literal, optional, parameter } from '../formula-function.ts'
import { code, type Fragment, list, raw } from '../fragment.ts'
import { listBound } from '../result-bounds.ts'
import { wholeSql } from '../text-measures.ts'

const group = 'lists'

/** Elements in order, under the names `item.value` and `item.place`. */
export const itemsOf = (values: Fragment) => code`unnest(${values}) with ordinality as item(value, place)`
export const item = raw('item.value')

const first = defineFunction({
  name: 'FIRST',
  group,
  summary: 'The first element.',
  parameters: [parameter('list', 'list<S>')],
  result: 'S',
  bounded: true,
  sql: ([values]) => code`(${values})[1]`,
  evaluate: ([values]) => values[0] ?? null,
  examples: [{ formula: 'FIRST(["a", "b"])', result: 'a' }],
})

const last = defineFunction({
  name: 'LAST',
  group,
  summary: 'The last element.',
  parameters: [parameter('list', 'list<S>')],
  result: 'S',
  bounded: true,
  sql: ([values]) => code`(${values})[cardinality(${values})]`,
  evaluate: ([values]) => values.at(-1) ?? null,
  examples: [{ formula: 'LAST(["a", "b"])', result: 'b' }],
})

const nth = defineFunction({
  name: 'NTH',
  group,
  summary: 'The element at a place, counted from 1, or from the end if negative; blank if there is none.',
  parameters: [parameter('list', 'list<S>'), parameter('place', 'number')],
  result: 'S',
  bounded: true,
  sql: ([values, place]) => {
    const at = wholeSql(place, -100_000, 100_000)
    return code`(${values})[case when ${place} <= -1 then cardinality(${values}) + 1 + ${at} else ${at} end]`
  },
  evaluate: ([values, place]) => {
    const at = Math.trunc(place)
    return values[at < 0 ? values.length + at : at - 1] ?? null
  },
  examples: [
    { formula: 'NTH(["a", "b", "c"], 2)', result: 'b' },
    { formula: 'NTH(["a", "b", "c"], -1)', result: 'c' },
    { formula: 'NTH(["a"], 0)', result: null },
  ],
})

const count = defineFunction({
  name: 'COUNT',
  group: 'statistics',
  summary: 'How many elements a list has, or how many of several values are not blank.',
  parameters: [parameter('list', 'list<S>')],
  result: 'number',
  bounded: true,
  seesBlanks: true,
  sql: ([values]) => code`coalesce(cardinality(${values}), 0)::float8`,
  evaluate: ([values]) => values?.length ?? 0,
  examples: [
    { formula: 'COUNT(["a", "b"])', result: 2 },
    { formula: 'COUNT(BLANK())', result: 0 },
  ],
})

const countValues = defineFunction({
  name: 'COUNT',
  group: 'statistics',
  summary: 'How many of the values are not blank.',
  parameters: [parameter('value', 'any'), parameter('value', 'any')],
  rest: [parameter('value', 'any')],
  result: 'number',
  bounded: true,
  seesBlanks: true,
  sql: (args) => code`num_nonnulls(${list(args)})::float8`,
  evaluate: (args) => args.filter((value) => value !== null).length,
  examples: [{ formula: 'COUNT(1, "", "x")', result: 2 }],
})

const sort = defineFunction({
  name: 'SORT',
  group,
  summary: 'The elements in ascending order, with "desc" in descending order. Capitals come before small letters.',
  parameters: [parameter('list', 'list<S>'), { ...literal('order', 'text', ['asc', 'desc']), optional: true }],
  result: 'list<S>',
  sql: ([values], { S, literals }) => {
    const direction = isDescending(literals[1]) ? raw('desc') : raw('asc')
    return code`array(select item.value from ${itemsOf(values)} order by ${comparableSql(item, S)} ${direction}, item.place)`
  },
  evaluate: ([values, order], _, { S }) => {
    const compare = comparisonOf(S)
    return isDescending(order) ? values.toSorted((a, b) => compare(b, a)) : values.toSorted(compare)
  },
  examples: [
    { formula: 'SORT([3, 1, 2])', result: [1, 2, 3] },
    { formula: 'SORT(["a", "B"], "desc")', result: ['a', 'B'] },
  ],
})

function isDescending(order: unknown): boolean {
  return String(order).toLowerCase() === 'desc'
}

const reverse = defineFunction({
  name: 'REVERSE',
  group,
  summary: 'The elements from the last to the first.',
  parameters: [parameter('list', 'list<S>')],
  result: 'list<S>',
  sql: ([values]) => code`array(select item.value from ${itemsOf(values)} order by item.place desc)`,
  evaluate: ([values]) => values.toReversed(),
  examples: [{ formula: 'REVERSE([1, 2, 3])', result: [3, 2, 1] }],
})

/** Whole places from 0 to as many as lists have elements. */
const placeOf = (place: number) => Math.max(0, Math.min(listBound + 1, Math.trunc(place)))
const placeSql = (place: Fragment) => wholeSql(place, 0, listBound + 1)

const slice = defineFunction({
  name: 'SLICE',
  group,
  summary:
    'The elements from one place to another, both counted from 1 and included; to the end if the second is left out.',
  parameters: [parameter('list', 'list<S>'), parameter('from', 'number'), optional('to', 'number')],
  result: 'list<S>',
  sql: ([values, from, to]) =>
    code`(${values})[${wholeSql(from, 1, listBound + 1)}:${to === undefined ? code`cardinality(${values})` : placeSql(to)}]`,
  evaluate: ([values, from, to]) =>
    values.slice(Math.max(1, placeOf(from)) - 1, to === undefined ? values.length : placeOf(to)),
  examples: [
    { formula: 'SLICE([1, 2, 3, 4], 2, 3)', result: [2, 3] },
    { formula: 'SLICE([1, 2, 3, 4], 3)', result: [3, 4] },
  ],
})

export const listFunctions: readonly FormulaFunction[] = [first, last, nth, count, countValues, sort, reverse, slice]
