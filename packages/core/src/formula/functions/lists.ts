import { utf8Bytes } from '../../values/cell-bounds.ts'
import { comparableSql, comparisonOf } from '../compare-values.ts'
import { errorWhen } from '../error-fragment.ts'
import { round15 } from '../float-digits.ts'
import { formulaError } from '../formula-error.ts'
import {
  type CallFacts,
  defineFunction,
  type FormulaFunction,
  type FormulaMoment,
  type FunctionExample,
  literal,
  optional,
  parameter,
  type SqlCall,
} from '../formula-function.ts'
import type { FormulaType } from '../formula-type.ts'
import { code, type Fragment, list, raw, sqlTypeOf } from '../fragment.ts'
import { listBound, textBound } from '../result-bounds.ts'
import { wholeSql } from '../text-measures.ts'
import type { ListValue, ScalarValue } from '../value.ts'
import { textOf } from './conversions.ts'
import { argumentLowerSql } from './text-case.ts'

const group = 'lists'
const tooLong = formulaError('too-long')

/** Elements in order, under the names `item.value` and `item.place`. */
export const itemsOf = (values: Fragment) => code`unnest(${values}) with ordinality as item(value, place)`
const item = raw('item.value')

/** What tells elements of a type apart. */
function keyOf(type: FormulaType): (value: ScalarValue) => ScalarValue {
  return type === 'number' || type === 'duration' ? (value) => round15(value as number) + 0 : (value) => value
}

const emptyOf = (type: FormulaType) => raw(`'{}'::${sqlTypeOf(type)}[]`)

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

/** SQL of `item.value` as text. */
function itemTextSql(type: FormulaType, call: SqlCall): Fragment {
  const definition = textOf.find((each) => each.parameters[0].type === type)
  const made = definition?.sql([item], call) ?? item
  return 'parts' in made ? made : made.value
}

function itemText(type: FormulaType, value: ScalarValue, moment: FormulaMoment, facts: CallFacts): string {
  const definition = textOf.find((each) => each.parameters[0].type === type)
  return String(definition?.evaluate([value] as never, moment, facts) ?? value)
}

const joinList = defineFunction({
  name: 'JOIN',
  group,
  summary: 'The elements, or several values, as one text with a separator between them; blanks are left out.',
  parameters: [parameter('separator', 'text'), parameter('list', 'list<S>')],
  result: 'text',
  grows: true,
  seesBlanks: true,
  usesMoment: true,
  sql: ([separator, values], call) => {
    const glue = code`coalesce(${separator}, '')`
    const isShort = code`coalesce(cardinality(${values}), 0)::bigint * octet_length(${glue}) <= ${textBound}`
    // inside the subselect nothing can be computed beforehand
    const texts = code`array(select ${itemTextSql(call.S, { ...call, let: (value) => value })} from ${itemsOf(values)} order by item.place)`
    return {
      value: code`array_to_string(${texts}, case when ${isShort} then ${glue} end)`,
      error: errorWhen(code`not (${isShort})`, 'too-long'),
    }
  },
  evaluate: ([separator, values], moment, facts) => {
    const glue = separator ?? ''
    if ((values?.length ?? 0) * utf8Bytes(glue) > textBound) return tooLong
    return (values ?? []).map((value) => itemText(facts.S, value, moment, facts)).join(glue)
  },
  examples: [
    { formula: 'JOIN(", ", ["a", "b"])', result: 'a, b' },
    { formula: 'JOIN("/", [1, 0.5])', result: '1/0.5' },
  ],
})

const joinValues = defineFunction({
  name: 'JOIN',
  group,
  summary: 'The values that are not blank as one text with a separator between them.',
  parameters: [parameter('separator', 'text'), parameter('value', 'text')],
  rest: [parameter('value', 'text')],
  result: 'text',
  grows: true,
  seesBlanks: true,
  sql: ([separator, ...values]) => code`concat_ws(coalesce(${separator}, ''), ${list(values)})`,
  evaluate: ([separator, ...values]) => values.filter((value) => value !== null).join(separator ?? ''),
  examples: [{ formula: 'JOIN(" ", "Ada", "", "Lovelace")', result: 'Ada Lovelace' }],
})

const split = defineFunction({
  name: 'SPLIT',
  group,
  summary: 'The parts of a text between separators, trimmed of spaces; empty parts are left out.',
  parameters: [parameter('text', 'text'), optional('separator', 'text')],
  result: 'list<text>',
  sql: ([text, separator = code`','`]) => {
    const parts = code`(length(${text}) - length(replace(${text}, ${separator}, ''))) / nullif(length(${separator}), 0)`
    const kept = code`case when ${parts} <= ${listBound} then ${text} end`
    return {
      value: code`array(select btrim(item.value) from unnest(string_to_array(${kept}, ${separator})) with ordinality as item(value, place) where btrim(item.value) <> '' order by item.place)`,
      error: errorWhen(code`${parts} > ${listBound}`, 'too-long'),
    }
  },
  evaluate: ([text, separator = ',']) => {
    const parts = text.split(separator)
    if (parts.length - 1 > listBound) return tooLong
    return parts.map((part) => part.replace(/^ +| +$/g, '')).filter((part) => part !== '')
  },
  examples: [
    { formula: 'SPLIT("a, b,,c")', result: ['a', 'b', 'c'] },
    { formula: 'SPLIT("2026-04-15", "-")', result: ['2026', '04', '15'] },
  ],
})

const includes = defineFunction({
  name: 'CONTAINS',
  group,
  summary: 'Whether a part occurs in a text; capitals do not count.',
  parameters: [parameter('text', 'text'), parameter('part', 'text')],
  result: 'boolean',
  seesBlanks: true,
  sql: ([text, part]) => code`coalesce(strpos(${argumentLowerSql(text)}, ${argumentLowerSql(part)}) > 0, false)`,
  evaluate: ([text, part]) => text !== null && part !== null && text.toLowerCase().includes(part.toLowerCase()),
  examples: [{ formula: 'CONTAINS("Head of SALES", "sales")', result: true }],
})

export const listFunctions: readonly FormulaFunction[] = [
  first,
  last,
  nth,
  count,
  countValues,
  includes,
  contains,
  unique,
  sort,
  reverse,
  slice,
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
  joinValues,
  joinList,
  split,
]
