import { utf8Bytes } from '../../values/cell-bounds.ts'
import { errorWhen } from '../error-fragment.ts'
import { formulaError } from '../formula-error.ts'
import { defineFunction, type FormulaFunction, optional, parameter } from '../formula-function.ts'
import { code, type Fragment, list } from '../fragment.ts'
import { textBound } from '../result-bounds.ts'
import { codePointCount, codePointSlice, countOf, wholeSql } from '../text-measures.ts'
import { argumentLowerSql, trimmed, trimmedSql } from './text-case.ts'

const group = 'text'
const badPosition = formulaError('bad-position')
const tooLong = formulaError('too-long')

const concat = defineFunction({
  name: 'CONCAT',
  group,
  aliases: ['CONCATENATE', '&'],
  summary: 'The texts behind each other; blanks count as nothing. Also written a & b.',
  parameters: [parameter('text', 'text')],
  rest: [parameter('text', 'text')],
  result: 'text',
  grows: true,
  seesBlanks: true,
  sql: (args) =>
    code`(${list(
      args.map((arg) => code`coalesce(${arg}, '')`),
      ' || ',
    )})`,
  evaluate: (args) => {
    let text = ''
    for (const arg of args) if (arg !== null) text += arg
    return text
  },
  examples: [
    { formula: 'CONCAT("a", BLANK(), "b")', result: 'ab' },
    { formula: '"Q" & 1 + 2', result: 'Q3' },
    { formula: '"" & BLANK()', result: null },
  ],
})

const find = defineFunction({
  name: 'FIND',
  group,
  summary: 'The place of a part in a text, counted from 1, or 0 if it does not occur. Capitals count.',
  parameters: [parameter('part', 'text'), parameter('text', 'text'), optional('start', 'number')],
  result: 'number',
  bounded: true,
  sql: ([part, text, start]) => placeSql(part, text, start),
  evaluate: ([part, text, start]) => placeOf(part, text, start),
  examples: [
    { formula: 'FIND("@", "ada@acme.com")', result: 4 },
    { formula: 'FIND("x", "ada")', result: 0 },
    { formula: 'FIND("a", "ada", 2)', result: 3 },
  ],
})

function placeSql(part: Fragment, text: Fragment, start: Fragment | undefined) {
  if (start === undefined) return { value: code`strpos(${text}, ${part})::float8`, error: null }
  const from = wholeSql(start, 1, 10_000_000)
  const place = code`strpos(substr(${text}, ${from}), ${part})`
  return {
    value: code`(case when ${place} > 0 then ${place} + ${from} - 1 when ${place} = 0 then 0 end)::float8`,
    error: errorWhen(code`${start} < 1`, 'bad-position'),
  }
}

function placeOf(part: string, text: string, start: number | undefined) {
  if (start !== undefined && start < 1) return badPosition
  const from = start === undefined ? 0 : countOf(start) - 1
  const rest = codePointSlice(text, from, Number.POSITIVE_INFINITY)
  const at = rest.indexOf(part)
  return at < 0 ? 0 : codePointCount(rest.slice(0, at)) + 1 + from
}

const search = defineFunction({
  name: 'SEARCH',
  group,
  summary:
    'The place of a part in a text without regard to capitals, counted from 1 in the text in small letters; 0 if it does not occur.',
  parameters: [parameter('part', 'text'), parameter('text', 'text')],
  result: 'number',
  bounded: true,
  sql: ([part, text]) => code`strpos(${argumentLowerSql(text)}, ${argumentLowerSql(part)})::float8`,
  evaluate: ([part, text]) => placeOf(part.toLowerCase(), text.toLowerCase(), undefined),
  examples: [{ formula: 'SEARCH("ACME", "ada@acme.com")', result: 5 }],
})

function check(
  name: string,
  summary: string,
  sql: (text: Fragment, part: Fragment) => Fragment,
  evaluate: (text: string, part: string) => boolean,
  examples: FormulaFunction['examples'],
) {
  return defineFunction({
    name,
    group,
    summary: `${summary} Capitals do not count; false if one is blank.`,
    parameters: [parameter('text', 'text'), parameter('part', 'text')],
    result: 'boolean',
    seesBlanks: true,
    sql: ([text, part], call) => {
      const [whole, piece] = [call.let(argumentLowerSql(text)), call.let(argumentLowerSql(part))]
      return code`coalesce(${sql(whole, piece)}, false)`
    },
    evaluate: ([text, part]) => text !== null && part !== null && evaluate(text.toLowerCase(), part.toLowerCase()),
    examples,
  })
}

/** How often a part occurs, counted without overlap. */
const occurrencesSql = (text: Fragment, part: Fragment) =>
  code`((length(${text}) - length(replace(${text}, ${part}, ''))) / nullif(length(${part}), 0))`

const substitute = defineFunction({
  name: 'SUBSTITUTE',
  group,
  summary: 'The text with every occurrence of a part replaced by another text. Capitals count.',
  parameters: [parameter('text', 'text'), parameter('part', 'text'), parameter('by', 'text')],
  result: 'text',
  seesBlanks: true,
  sql: ([text, part, by]) => {
    const growth = code`${occurrencesSql(text, part)}::bigint * octet_length(coalesce(${by}, ''))`
    return {
      value: code`case when ${part} is null then ${text} else replace(${text}, ${part}, case when coalesce(${growth} <= ${textBound}, false) then coalesce(${by}, '') end) end`,
      error: errorWhen(code`${part} is not null and ${growth} > ${textBound}`, 'too-long'),
    }
  },
  evaluate: ([text, part, by]) => {
    if (text === null || part === null) return text
    const pieces = text.split(part)
    const other = by ?? ''
    return (pieces.length - 1) * utf8Bytes(other) > textBound ? tooLong : pieces.join(other)
  },
  examples: [
    { formula: 'SUBSTITUTE("a-b-c", "-", "/")', result: 'a/b/c' },
    { formula: 'SUBSTITUTE("a-b-c", "-", "")', result: 'abc' },
  ],
})

const occurrences = defineFunction({
  name: 'OCCURRENCES',
  group,
  summary: 'How often a part occurs in a text. Capitals count.',
  parameters: [parameter('text', 'text'), parameter('part', 'text')],
  result: 'number',
  bounded: true,
  sql: ([text, part]) => code`${occurrencesSql(text, part)}::float8`,
  evaluate: ([text, part]) => text.split(part).length - 1,
  examples: [{ formula: 'OCCURRENCES("banana", "an")', result: 2 }],
})

const wordCount = defineFunction({
  name: 'WORD_COUNT',
  group,
  summary: 'How many words there are, told apart by white space; 0 if the text is blank.',
  parameters: [parameter('text', 'text')],
  result: 'number',
  bounded: true,
  seesBlanks: true,
  sql: ([text]) => {
    const plain = trimmedSql(code`coalesce(${text}, '')`)
    return code`(case when ${plain} = '' then 0 else length(${plain}) - length(replace(${plain}, ' ', '')) + 1 end)::float8`
  },
  evaluate: ([text]) => {
    const plain = trimmed(text ?? '')
    return plain === '' ? 0 : plain.split(' ').length
  },
  examples: [{ formula: 'WORD_COUNT("to be or  not")', result: 4 }],
})

const word = defineFunction({
  name: 'WORD',
  group,
  summary: 'The word at a place, counted from 1, or from the end if negative; blank if there is none.',
  parameters: [parameter('text', 'text'), parameter('place', 'number')],
  result: 'text',
  sql: ([text, place]) => {
    const at = wholeSql(place, -10_000_000, 10_000_000)
    const words = code`string_to_array(${trimmedSql(text)}, ' ')`
    return code`(select v.words[case when v.place < 0 then cardinality(v.words) + 1 + v.place else v.place end] from (select ${words} as words, ${at} as place offset 0) as v)`
  },
  evaluate: ([text, place]) => {
    const words = trimmed(text).split(' ')
    const at = Math.trunc(place)
    return words[at < 0 ? words.length + at : at - 1] ?? null
  },
  examples: [
    { formula: 'WORD("Ada King Lovelace", 2)', result: 'King' },
    { formula: 'WORD("Ada King Lovelace", -1)', result: 'Lovelace' },
    { formula: 'WORD("Ada", 2)', result: null },
  ],
})

const exact = defineFunction({
  name: 'SAME_TEXT',
  group,
  summary: 'Whether two texts are the same without regard to capitals; two blanks are.',
  parameters: [parameter('a', 'text'), parameter('b', 'text')],
  result: 'boolean',
  seesBlanks: true,
  sql: ([a, b]) => code`((${argumentLowerSql(a)}) is not distinct from (${argumentLowerSql(b)}))`,
  evaluate: ([a, b]) => (a === null || b === null ? a === b : a.toLowerCase() === b.toLowerCase()),
  examples: [{ formula: 'SAME_TEXT("ACME", "acme")', result: true }],
})

export const textSearchFunctions: readonly FormulaFunction[] = [
  concat,
  find,
  search,
  check(
    'INCLUDES',
    'Whether a part occurs in the text.',
    (text, part) => code`strpos(${text}, ${part}) > 0`,
    (text, part) => text.includes(part),
    [{ formula: 'INCLUDES("Head of SALES", "sales")', result: true }],
  ),
  check(
    'STARTS_WITH',
    'Whether the text begins with a part.',
    (text, part) => code`left(${text}, length(${part})) = ${part}`,
    (text, part) => text.startsWith(part),
    [{ formula: 'STARTS_WITH("+49 30", "+49")', result: true }],
  ),
  check(
    'ENDS_WITH',
    'Whether the text ends with a part.',
    (text, part) => code`right(${text}, length(${part})) = ${part}`,
    (text, part) => text.endsWith(part),
    [{ formula: 'ENDS_WITH("report.pdf", ".PDF")', result: true }],
  ),
  exact,
  substitute,
  occurrences,
  wordCount,
  word,
]
