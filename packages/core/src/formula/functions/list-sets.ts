import { comparableSql, comparisonOf } from '../compare-values.ts'
import { round15 } from '../float-digits.ts'
import { defineFunction, type FormulaFunction, type FunctionExample, parameter } from '../formula-function.ts'
import type { FormulaType } from '../formula-type.ts'
import { code, type Fragment, raw, sqlTypeOf } from '../fragment.ts'
import type { ListValue, ScalarValue } from '../value.ts'
import { item, itemsOf } from './lists.ts'

const group = 'lists'

/** What tells elements of a type apart. */
function keyOf(type: FormulaType): (value: ScalarValue) => ScalarValue {
  return type === 'number' || type === 'duration' ? (value) => round15(value as number) + 0 : (value) => value
}

const emptyOf = (type: FormulaType) => raw(`'{}'::${sqlTypeOf(type)}[]`)

const contains = defineFunction({
  name: 'CONTAINS',
  group,
  summary: 'Whether a list holds a value; of a text, whether a part occurs in it (capitals do not count).',
  parameters: [parameter('list', 'list<S>'), parameter('value', 'S')],
  result: 'boolean',
  seesBlanks: true,
  sql: ([values, value], { S }) =>
    code`exists (select 1 from ${itemsOf(values)} where ${comparableSql(item, S)} = ${comparableSql(value, S)})`,
  evaluate: ([values, value], _, { S }) => {
    const compare = comparisonOf(S)
    return value !== null && (values ?? []).some((each) => compare(each, value) === 0)
  },
  examples: [
    { formula: 'CONTAINS(["a", "b"], "b")', result: true },
    { formula: 'CONTAINS([0.3], 0.1 + 0.2)', result: true },
  ],
})

/** Elements each once, at their first place. */
function distinct(values: readonly ScalarValue[], type: FormulaType): readonly ScalarValue[] {
  const keys = new Set<ScalarValue>()
  const key = keyOf(type)
  return values.filter((value) => !keys.has(key(value)) && keys.add(key(value)))
}

function distinctSql(values: Fragment, type: FormulaType): Fragment {
  return code`array(select (array_agg(item.value order by item.place))[1] from ${itemsOf(values)} group by ${comparableSql(item, type)} order by min(item.place))`
}

const unique = defineFunction({
  name: 'UNIQUE',
  group,
  summary: 'The elements, each once, in the order in which they first come.',
  parameters: [parameter('list', 'list<S>')],
  result: 'list<S>',
  sql: ([values], { S }) => distinctSql(values, S),
  evaluate: ([values], _, { S }) => distinct(values, S),
  examples: [{ formula: 'UNIQUE(["b", "a", "b"])', result: ['b', 'a'] }],
})

function combination(
  name: 'UNION' | 'INTERSECT' | 'EXCEPT',
  summary: string,
  sql: (a: Fragment, b: Fragment, type: FormulaType) => Fragment,
  evaluate: (a: ListValue, b: ListValue, type: FormulaType) => ListValue,
  example: FunctionExample,
) {
  return defineFunction({
    name,
    group,
    summary,
    parameters: [parameter('a', 'list<S>'), parameter('b', 'list<S>')],
    result: 'list<S>',
    seesBlanks: true,
    sql: ([a, b], { S }) => sql(code`coalesce(${a}, ${emptyOf(S)})`, code`coalesce(${b}, ${emptyOf(S)})`, S),
    evaluate: ([a, b], _, { S }) => evaluate(a ?? [], b ?? [], S),
    examples: [example],
  })
}

const isAmongSql = (values: Fragment, type: FormulaType) =>
  code`${comparableSql(item, type)} = any (${comparableSql(values, `list<${type}>` as FormulaType)})`

/** The elements of one list that are, or are not, in another. */
function kept(a: ListValue, b: ListValue, type: FormulaType, wanted: boolean): ListValue {
  const key = keyOf(type)
  const others = new Set(b.map(key))
  return a.filter((value) => others.has(key(value)) === wanted)
}

function comparisonOfLists(
  name: 'HAS_ANY' | 'HAS_ALL',
  summary: string,
  sql: (a: Fragment, b: Fragment) => Fragment,
  evaluate: (a: ListValue, b: ListValue, type: FormulaType) => boolean,
  example: FunctionExample,
) {
  return defineFunction({
    name,
    group,
    summary,
    parameters: [parameter('list', 'list<S>'), parameter('wanted', 'list<S>')],
    result: 'boolean',
    seesBlanks: true,
    sql: ([a, b], { S }) => {
      const comparable = (values: Fragment) =>
        comparableSql(code`coalesce(${values}, ${emptyOf(S)})`, `list<${S}>` as FormulaType)
      return sql(comparable(a), comparable(b))
    },
    evaluate: ([a, b], _, { S }) => evaluate(a ?? [], b ?? [], S),
    examples: [example],
  })
}

export const listSetFunctions: readonly FormulaFunction[] = [
  contains,
  unique,
  combination(
    'UNION',
    'The elements of both lists, each once.',
    (a, b, type) => distinctSql(code`(${a} || ${b})`, type),
    (a, b, type) => distinct([...a, ...b], type),
    { formula: 'UNION(["a", "b"], ["b", "c"])', result: ['a', 'b', 'c'] },
  ),
  combination(
    'INTERSECT',
    'The elements of the first list that are in the second too.',
    (a, b, type) => code`array(select item.value from ${itemsOf(a)} where ${isAmongSql(b, type)} order by item.place)`,
    (a, b, type) => kept(a, b, type, true),
    { formula: 'INTERSECT(["a", "b"], ["b", "c"])', result: ['b'] },
  ),
  combination(
    'EXCEPT',
    'The elements of the first list that are not in the second.',
    (a, b, type) =>
      code`array(select item.value from ${itemsOf(a)} where not (${isAmongSql(b, type)}) order by item.place)`,
    (a, b, type) => kept(a, b, type, false),
    { formula: 'EXCEPT(["a", "b"], ["b", "c"])', result: ['a'] },
  ),
  comparisonOfLists(
    'HAS_ANY',
    'Whether one of the wanted values is in the list.',
    (a, b) => code`(${a} && ${b})`,
    (a, b, type) => kept(a, b, type, true).length > 0,
    { formula: 'HAS_ANY(["a", "b"], ["b", "c"])', result: true },
  ),
  comparisonOfLists(
    'HAS_ALL',
    'Whether all of the wanted values are in the list.',
    (a, b) => code`(${a} @> ${b})`,
    (a, b, type) => kept(b, a, type, false).length === 0,
    { formula: 'HAS_ALL(["a", "b"], ["b", "c"])', result: false },
  ),
]
