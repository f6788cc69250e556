import { utf8Bytes } from '../../values/cell-bounds.ts'
import { compareCodePoints } from '../../values/code-points.ts'
import type { Json } from '../../values/json.ts'
import { isJsonArray, jsonbText, jsonPathText } from '../../values/json-text.ts'
import { errorCases, errorWhen } from '../error-fragment.ts'
import { largestNumber, smallestNumber } from '../float-digits.ts'
import { formulaError } from '../formula-error.ts'
import { defineFunction, type FormulaFunction, literal, parameter } from '../formula-function.ts'
import { bound, code, type Fragment, raw } from '../fragment.ts'
import { readJsonPath } from '../json-path.ts'
import { listBound } from '../result-bounds.ts'
import type { Value } from '../value.ts'

const group = 'json'
const wrongType = formulaError('json-type')
const tooLarge = formulaError('too-large')
const tooLong = formulaError('too-long')

const path = {
  ...literal('path', 'text'),
  optional: true,
  refuse: (text: string) => {
    const read = readJsonPath(text)
    return 'fault' in read ? read.fault : null
  },
} as const

function stepsOf(text: unknown): readonly string[] {
  const read = readJsonPath(typeof text === 'string' ? text : '')
  return 'steps' in read ? read.steps : []
}

/** What lies at a path; null where there is nothing. As PostgreSQL's `#>`. */
function valueAt(json: Json, steps: readonly string[]): Json {
  let at: Json = json
  for (const step of steps) {
    if (at === null || typeof at !== 'object') return null
    if (isJsonArray(at)) {
      const place = /^-?\d{1,6}$/.test(step) ? Number(step) : null
      if (place === null) return null
      at = at[place < 0 ? at.length + place : place] ?? null
    } else {
      at = Object.hasOwn(at, step) ? (at[step] ?? null) : null
    }
  }
  return at
}

const pathSql = (text: Value | undefined) => bound([...stepsOf(text)], 'text[]')
const atSql = (json: Fragment, text: Value | undefined) => code`(${json} #> ${pathSql(text)})`
const textAtSql = (json: Fragment, text: Value | undefined) => code`(${json} #>> ${pathSql(text)})`
const typeAtSql = (json: Fragment, text: Value | undefined) =>
  code`coalesce(jsonb_typeof(${atSql(json, text)}), 'null')`

/** `float8` of a `numeric` of any size: far ones become null, near ones 0. */
const floatSql = (value: Fragment) =>
  code`(case when abs(${value}) between ${raw(String(smallestNumber))} and ${raw(String(largestNumber))} then ${value} when abs(${value}) < 1 then 0 end)::float8`

const get = defineFunction({
  name: 'GET',
  group,
  summary:
    'The text at a path such as "company.offices[0].city"; lists and objects as JSON. Blank where there is nothing.',
  parameters: [parameter('json', 'json'), path],
  result: 'text',
  sql: ([json], { literals }) => textAtSql(json, literals[1]),
  evaluate: ([json, at]) => jsonPathText(json, stepsOf(at)),
  examples: [
    { formula: 'GET(PARSE_PAIRS("city=Paris;zip=75001"), "city")', result: 'Paris' },
    { formula: 'GET(PARSE_PAIRS("city=Paris"), "street")', result: null },
  ],
})

const getNumber = defineFunction({
  name: 'GET_NUMBER',
  group,
  summary: 'The number at a path. Blank where there is nothing, `#TYPE!` where something else lies.',
  parameters: [parameter('json', 'json'), path],
  result: 'number',
  sql: ([json], { literals }) => {
    const type = typeAtSql(json, literals[1])
    const value = code`(case when ${type} = 'number' then ${textAtSql(json, literals[1])} end)::numeric`
    return {
      value: floatSql(value),
      error: errorCases(
        [code`${type} not in ('number', 'null')`, 'json-type'],
        [code`abs(${value}) > ${raw(String(largestNumber))}`, 'too-large'],
      ),
    }
  },
  evaluate: ([json, at]) => {
    const value = valueAt(json, stepsOf(at))
    if (value === null) return null
    if (typeof value !== 'number') return wrongType
    return Math.abs(value) > largestNumber ? tooLarge : value
  },
  examples: [{ formula: 'GET_NUMBER(PARSE_PAIRS("zip=75001"), "zip")', result: '#TYPE!' }],
})

const getBoolean = defineFunction({
  name: 'GET_BOOLEAN',
  group,
  summary: 'True or false at a path. Blank where there is nothing, `#TYPE!` where something else lies.',
  parameters: [parameter('json', 'json'), path],
  result: 'boolean',
  sql: ([json], { literals }) => {
    const type = typeAtSql(json, literals[1])
    return {
      value: code`case when ${type} = 'boolean' then ${textAtSql(json, literals[1])} = 'true' end`,
      error: errorWhen(code`${type} not in ('boolean', 'null')`, 'json-type'),
    }
  },
  evaluate: ([json, at]) => {
    const value = valueAt(json, stepsOf(at))
    return value === null || typeof value === 'boolean' ? value : wrongType
  },
  examples: [{ formula: 'GET_BOOLEAN(PARSE_PAIRS("a=b"), "c")', result: null }],
})

const getJson = defineFunction({
  name: 'GET_JSON',
  group,
  summary: 'What lies at a path, as JSON.',
  parameters: [parameter('json', 'json'), path],
  result: 'json',
  sql: ([json], { literals }) => code`nullif(${atSql(json, literals[1])}, 'null'::jsonb)`,
  evaluate: ([json, at]) => valueAt(json, stepsOf(at)),
  examples: [{ formula: 'JSON_TEXT(GET_JSON(PARSE_PAIRS("a=b"), "a"))', result: '"b"' }],
})

const getList = defineFunction({
  name: 'GET_LIST',
  group,
  summary: 'The list at a path, its elements as text. Blank where there is nothing, `#TYPE!` where no list lies.',
  parameters: [parameter('json', 'json'), path],
  result: 'list<text>',
  sql: ([json], { literals }) => {
    const type = typeAtSql(json, literals[1])
    const items = code`case when ${type} = 'array' then ${atSql(json, literals[1])} end`
    return {
      value: code`array(select item.value from jsonb_array_elements_text(${items}) with ordinality as item(value, place) where item.value <> '' order by item.place)`,
      error: errorWhen(code`${type} not in ('array', 'null')`, 'json-type'),
    }
  },
  evaluate: ([json, at]) => {
    const value = valueAt(json, stepsOf(at))
    if (value === null) return null
    if (!isJsonArray(value)) return wrongType
    return value.map((item) => jsonPathText(item, [])).filter((text) => text !== null && text !== '')
  },
  examples: [{ formula: 'GET_LIST(PARSE_PAIRS("a=b"), "a")', result: '#TYPE!' }],
})

const getNumbers = defineFunction({
  name: 'GET_NUMBERS',
  group,
  summary: 'The numbers in the list at a path; other elements are left out.',
  parameters: [parameter('json', 'json'), path],
  result: 'list<number>',
  sql: ([json], { literals }) => {
    const type = typeAtSql(json, literals[1])
    const items = code`case when ${type} = 'array' then ${atSql(json, literals[1])} end`
    const value = raw('number.value')
    return {
      value: code`array(select ${floatSql(value)} from jsonb_array_elements(${items}) with ordinality as item(value, place),
        lateral (select (case when jsonb_typeof(item.value) = 'number' then item.value #>> '{}' end)::numeric as value offset 0) as number
        where abs(number.value) <= ${raw(String(largestNumber))} order by item.place)`,
      error: errorWhen(code`${type} not in ('array', 'null')`, 'json-type'),
    }
  },
  evaluate: ([json, at]) => {
    const value = valueAt(json, stepsOf(at))
    if (value === null) return null
    if (!isJsonArray(value)) return wrongType
    return value
      .filter((item): item is number => typeof item === 'number' && Math.abs(item) <= largestNumber)
      .map((item) => (Math.abs(item) < smallestNumber ? 0 : item))
  },
  examples: [{ formula: 'GET_NUMBERS(PARSE_PAIRS("a=b"), "c")', result: null }],
})

const keys = defineFunction({
  name: 'JSON_KEYS',
  group,
  summary: 'The names in the object at a path, short ones first. Blank where no object lies.',
  parameters: [parameter('json', 'json'), path],
  result: 'list<text>',
  sql: ([json], { literals }) => {
    const object = code`case when ${typeAtSql(json, literals[1])} = 'object' then ${atSql(json, literals[1])} end`
    return code`array(select item.key from jsonb_object_keys(${object}) as item(key) where item.key <> '' order by octet_length(item.key), item.key collate "C")`
  },
  evaluate: ([json, at]) => {
    const value = valueAt(json, stepsOf(at))
    if (value === null || typeof value !== 'object' || isJsonArray(value)) return null
    const names = Object.keys(value).filter((name) => name !== '')
    return names.sort((a, b) => utf8Bytes(a) - utf8Bytes(b) || compareCodePoints(a, b))
  },
  examples: [{ formula: 'JSON_KEYS(PARSE_PAIRS("name=Ada;b=2"))', result: ['b', 'name'] }],
})

const count = defineFunction({
  name: 'JSON_COUNT',
  group,
  summary: 'How many elements or names the list or object at a path has. Blank where neither lies.',
  parameters: [parameter('json', 'json'), path],
  result: 'number',
  bounded: true,
  sql: ([json], { literals }) => {
    const [type, value] = [typeAtSql(json, literals[1]), atSql(json, literals[1])]
    const ofList = code`jsonb_array_length(case when ${type} = 'array' then ${value} end)`
    const ofObject = code`(select nullif(count(*), 0) from jsonb_object_keys(case when ${type} = 'object' then ${value} end))`
    return code`coalesce(${ofList}, ${ofObject}, case when ${type} = 'object' then 0 end)::float8`
  },
  evaluate: ([json, at]) => {
    const value = valueAt(json, stepsOf(at))
    if (value === null || typeof value !== 'object') return null
    return isJsonArray(value) ? value.length : Object.keys(value).length
  },
  examples: [{ formula: 'JSON_COUNT(PARSE_PAIRS("a=1;b=2"))', result: 2 }],
})

const text = defineFunction({
  name: 'JSON_TEXT',
  group,
  summary: 'The JSON as text, as the database writes it.',
  parameters: [parameter('json', 'json')],
  result: 'text',
  neverEmpty: true,
  sql: ([json]) => code`${json}::text`,
  evaluate: ([json]) => jsonbText(json),
  examples: [{ formula: 'JSON_TEXT(PARSE_PAIRS("b=2;a=1"))', result: '{"a": "1", "b": "2"}' }],
})

const pairs = defineFunction({
  name: 'PARSE_PAIRS',
  group,
  summary:
    'An object of pairs such as "city=Paris; zip=75001"; what is no pair is left out, of equal names the last counts.',
  parameters: [parameter('text', 'text')],
  result: 'json',
  sql: ([given]) => {
    const parts = code`length(${given}) - length(replace(${given}, ';', ''))`
    const kept = code`case when ${parts} <= ${listBound} then ${given} end`
    const name = code`btrim(left(item.value, strpos(item.value, '=') - 1))`
    const value = code`btrim(substr(item.value, strpos(item.value, '=') + 1))`
    const found = code`(select jsonb_object_agg(${name}, ${value} order by item.place) from unnest(string_to_array(${kept}, ';')) with ordinality as item(value, place)
      where strpos(item.value, '=') > 1 and ${name} <> '' and ${name} not in ('__proto__', 'constructor', 'prototype'))`
    return { value: found, error: errorWhen(code`${parts} > ${listBound}`, 'too-long') }
  },
  evaluate: ([given]) => {
    const parts = given.split(';')
    if (parts.length - 1 > listBound) return tooLong
    const found = new Map<string, string>()
    for (const part of parts) {
      const at = part.indexOf('=')
      const name = part.slice(0, Math.max(0, at)).replace(/^ +| +$/g, '')
      if (name !== '' && !forbidden.has(name)) found.set(name, part.slice(at + 1).replace(/^ +| +$/g, ''))
    }
    return found.size === 0 ? null : Object.fromEntries(found)
  },
  examples: [{ formula: 'GET(PARSE_PAIRS("a = 1; b = 2"), "b")', result: '2' }],
})

const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

export const jsonFunctions: readonly FormulaFunction[] = [
  get,
  getNumber,
  getBoolean,
  getJson,
  getList,
  getNumbers,
  keys,
  count,
  text,
  pairs,
]
