import { firstCodePoints } from '../../values/code-points.ts'
import { errorWhen } from '../error-fragment.ts'
import { formulaError } from '../formula-error.ts'
import { defineFunction, type FormulaFunction, optional, parameter } from '../formula-function.ts'
import { code, type Fragment } from '../fragment.ts'
import { textBound } from '../result-bounds.ts'
import { codePointCount, codePointSlice, countOf, countSql, wholeSql } from '../text-measures.ts'

const group = 'text'
const badPosition = formulaError('bad-position')
const tooLong = formulaError('too-long')

const len = defineFunction({
  name: 'LEN',
  group,
  aliases: ['LENGTH'],
  summary: 'How many characters the text has; 0 if it is blank.',
  parameters: [parameter('text', 'text')],
  result: 'number',
  bounded: true,
  seesBlanks: true,
  sql: ([text]) => code`coalesce(length(${text}), 0)::float8`,
  evaluate: ([text]) => (text === null ? 0 : codePointCount(text)),
  examples: [
    { formula: 'LEN("Zoë 🙂")', result: 5 },
    { formula: 'LEN("")', result: 0 },
  ],
})

const left = defineFunction({
  name: 'LEFT',
  group,
  summary: 'The first characters.',
  parameters: [parameter('text', 'text'), optional('count', 'number')],
  result: 'text',
  sql: ([text, count]) => code`left(${text}, ${count === undefined ? code`1` : countSql(count)})`,
  evaluate: ([text, count]) => firstCodePoints(text, countOf(count ?? 1)),
  examples: [
    { formula: 'LEFT("opslayer", 3)', result: 'ops' },
    { formula: 'LEFT("🙂🙃")', result: '🙂' },
    { formula: 'LEFT("abc", -1)', result: null },
  ],
})

const right = defineFunction({
  name: 'RIGHT',
  group,
  summary: 'The last characters.',
  parameters: [parameter('text', 'text'), optional('count', 'number')],
  result: 'text',
  sql: ([text, count]) => code`right(${text}, ${count === undefined ? code`1` : countSql(count)})`,
  evaluate: ([text, count]) => {
    const length = codePointCount(text)
    return codePointSlice(text, Math.max(0, length - countOf(count ?? 1)), length)
  },
  examples: [{ formula: 'RIGHT("opslayer", 5)', result: 'layer' }],
})

/** A place counted from 1. */
const placeSql = (place: Fragment) => wholeSql(place, 1, 10_000_000)

const mid = defineFunction({
  name: 'MID',
  group,
  summary: 'So many characters from a place on, counted from 1.',
  parameters: [parameter('text', 'text'), parameter('start', 'number'), optional('count', 'number')],
  result: 'text',
  sql: ([text, start, count]) => ({
    value: code`substr(${text}, ${placeSql(start)}, ${count === undefined ? code`10000000` : countSql(count)})`,
    error: errorWhen(code`${start} < 1`, 'bad-position'),
  }),
  evaluate: ([text, start, count]) => {
    if (start < 1) return badPosition
    const from = countOf(start) - 1
    return codePointSlice(text, from, from + (count === undefined ? 10_000_000 : countOf(count)))
  },
  examples: [
    { formula: 'MID("opslayer", 4, 2)', result: 'la' },
    { formula: 'MID("opslayer", 4)', result: 'layer' },
    { formula: 'MID("opslayer", 0, 2)', result: '#VALUE!' },
  ],
})

/** Place of the first occurrence, counted from 1; 0 if there is none. */
const firstPlaceSql = (text: Fragment, part: Fragment) => code`strpos(${text}, ${part})`

const before = defineFunction({
  name: 'BEFORE',
  group,
  summary: 'What stands before the first occurrence of a separator; blank if it does not occur.',
  parameters: [parameter('text', 'text'), parameter('separator', 'text')],
  result: 'text',
  sql: ([text, separator]) => code`left(${text}, nullif(${firstPlaceSql(text, separator)}, 0) - 1)`,
  evaluate: ([text, separator]) => text.slice(0, Math.max(0, text.indexOf(separator))),
  examples: [
    { formula: 'BEFORE("ada@acme.com", "@")', result: 'ada' },
    { formula: 'BEFORE("ada", "@")', result: null },
  ],
})

const after = defineFunction({
  name: 'AFTER',
  group,
  summary: 'What stands behind the first occurrence of a separator; blank if it does not occur.',
  parameters: [parameter('text', 'text'), parameter('separator', 'text')],
  result: 'text',
  sql: ([text, separator]) =>
    code`case when ${firstPlaceSql(text, separator)} > 0 then substr(${text}, ${firstPlaceSql(text, separator)} + length(${separator})) end`,
  evaluate: ([text, separator]) => {
    const at = text.indexOf(separator)
    return at < 0 ? null : text.slice(at + separator.length)
  },
  examples: [{ formula: 'AFTER("ada@acme.com", "@")', result: 'acme.com' }],
})

const replace = defineFunction({
  name: 'REPLACE',
  group,
  summary: 'The text with so many characters from a place on (counted from 1) replaced by another text.',
  parameters: [
    parameter('text', 'text'),
    parameter('start', 'number'),
    parameter('count', 'number'),
    parameter('by', 'text'),
  ],
  result: 'text',
  grows: true,
  seesBlanks: true,
  sql: ([text, start, count, by]) => {
    const from = placeSql(start)
    return {
      value: code`case when ${start} is not null and ${count} is not null then left(${text}, ${from} - 1) || coalesce(${by}, '') || substr(${text}, ${from} + ${countSql(count)}) end`,
      error: errorWhen(code`${start} < 1 and ${text} is not null and ${count} is not null`, 'bad-position'),
    }
  },
  evaluate: ([text, start, count, by]) => {
    if (text === null || start === null || count === null) return null
    if (start < 1) return badPosition
    const from = countOf(start) - 1
    return `${codePointSlice(text, 0, from)}${by ?? ''}${codePointSlice(text, from + countOf(count), Number.POSITIVE_INFINITY)}`
  },
  examples: [
    { formula: 'REPLACE("2025 plan", 1, 4, "2026")', result: '2026 plan' },
    { formula: 'REPLACE("abc", 2, 1, "")', result: 'ac' },
  ],
})

const repeat = defineFunction({
  name: 'REPT',
  group,
  aliases: ['REPEAT'],
  summary: 'The text so many times.',
  parameters: [parameter('text', 'text'), parameter('count', 'number')],
  result: 'text',
  sql: ([text, count]) => {
    const times = countSql(count)
    const size = code`octet_length(${text})::bigint * ${times}`
    return {
      value: code`repeat(${text}, case when ${size} <= ${textBound} then ${times} end)`,
      error: errorWhen(code`${size} > ${textBound}`, 'too-long'),
    }
  },
  evaluate: ([text, count]) => {
    const times = countOf(count)
    return new TextEncoder().encode(text).length * times > textBound ? tooLong : text.repeat(times)
  },
  examples: [
    { formula: 'REPT("★", 3)', result: '★★★' },
    { formula: 'REPT("x", 1e9)', result: '#VALUE!' },
  ],
})

function pad(name: 'PAD_LEFT' | 'PAD_RIGHT', example: { readonly formula: string; readonly result: string }) {
  const isLeft = name === 'PAD_LEFT'
  return defineFunction({
    name,
    group,
    summary: `The text, ${isLeft ? 'preceded' : 'followed'} by a filling (a space unless given) until it has so many characters.`,
    parameters: [parameter('text', 'text'), parameter('length', 'number'), optional('filling', 'text')],
    result: 'text',
    grows: true,
    sql: ([text, length, filling = code`' '`]) => {
      const missing = wholeSql(code`(${countSql(length)} - length(${text}))`, 0, 1000)
      const added = code`left(repeat(left(${filling}, 100), ${missing}), ${missing})`
      return isLeft ? code`${added} || ${text}` : code`${text} || ${added}`
    },
    evaluate: ([text, length, filling]) => {
      const missing = Math.min(1000, Math.max(0, countOf(length) - codePointCount(text)))
      const added = firstCodePoints(firstCodePoints(filling ?? ' ', 100).repeat(missing), missing)
      return isLeft ? added + text : text + added
    },
    examples: [example],
  })
}

const truncate = defineFunction({
  name: 'TRUNCATE',
  group,
  summary: 'The text cut to so many characters, the last of them “…” if something was cut.',
  parameters: [parameter('text', 'text'), parameter('length', 'number')],
  result: 'text',
  sql: ([text, length]) =>
    code`case when length(${text}) <= ${countSql(length)} then ${text} when ${countSql(length)} > 0 then left(${text}, greatest(0, ${countSql(length)} - 1)) || '…' end`,
  evaluate: ([text, length]) => {
    const most = countOf(length)
    if (codePointCount(text) <= most) return text
    return most > 0 ? `${firstCodePoints(text, most - 1)}…` : null
  },
  examples: [
    { formula: 'TRUNCATE("a long story", 7)', result: 'a long…' },
    { formula: 'TRUNCATE("short", 7)', result: 'short' },
  ],
})

const reverse = defineFunction({
  name: 'REVERSE_TEXT',
  group,
  summary: 'The characters from the last to the first.',
  parameters: [parameter('text', 'text')],
  result: 'text',
  sql: ([text]) => code`reverse(${text})`,
  evaluate: ([text]) => [...text].reverse().join(''),
  examples: [{ formula: 'REVERSE_TEXT("abc")', result: 'cba' }],
})

export const textPartFunctions: readonly FormulaFunction[] = [
  len,
  left,
  right,
  mid,
  before,
  after,
  replace,
  repeat,
  pad('PAD_LEFT', { formula: 'PAD_LEFT(TEXT(7), 3, "0")', result: '007' }),
  pad('PAD_RIGHT', { formula: 'PAD_RIGHT("ab", 4, ".")', result: 'ab..' }),
  truncate,
  reverse,
]
