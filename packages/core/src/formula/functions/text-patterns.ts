import { utf8Bytes } from '../../values/cell-bounds.ts'
import { memo } from '../../values/memo.ts'
import { parsePattern } from '../../values/pattern.ts'
import { type PatternMatcher, patternMatcher } from '../../values/pattern-match.ts'
import { printPattern } from '../../values/pattern-print.ts'
import { errorWhen } from '../error-fragment.ts'
import { formulaError } from '../formula-error.ts'
import { defineFunction, type FormulaFunction, literal, parameter } from '../formula-function.ts'
import { bound, code, type Fragment, raw } from '../fragment.ts'
import { patternTextBound, replaceTextBound, textBound } from '../result-bounds.ts'
import { codePointCount } from '../text-measures.ts'
import type { Value } from '../value.ts'

const group = 'text'
const tooLong = formulaError('too-long')

const patternRules =
  'Patterns know letters, [a-z], \\d \\w \\s, ^ $, ( ), | and the quantifiers * + ? {2,5}; "i" as the last argument passes over capitals of a–z.'

const pattern = {
  ...literal('pattern', 'text'),
  refuse: (source: string) => {
    const parsed = parsePattern(source)
    return parsed.ok ? null : `${parsed.message} (at ${parsed.position + 1})`
  },
}
const flags = { ...literal('flags', 'text', ['i']), optional: true } as const

const matchers = memo((key: string): PatternMatcher => {
  const parsed = parsePattern(key.slice(1), key.startsWith('i'))
  return parsed.ok ? patternMatcher(parsed.pattern) : { test: () => false, find: () => null }
})

function matcherOf(source: string, flags: string | undefined): PatternMatcher {
  return matchers(`${flags === undefined ? '-' : 'i'}${source}`)
}

/** The pattern as PostgreSQL reads it; null, which matches nothing, if it is none. */
function patternSql(source: Value | undefined, flags: Value | undefined): Fragment {
  if (typeof source !== 'string') return raw('null::text')
  const parsed = parsePattern(source, flags !== undefined)
  return parsed.ok ? bound(printPattern(parsed.pattern), 'text') : raw('null::text')
}

/** The text, or null if it is too long to be searched. */
const boundedSql = (text: Fragment, most: number) => code`(case when length(${text}) <= ${most} then ${text} end)`
const tooLongSql = (text: Fragment, most: number) => errorWhen(code`length(${text}) > ${most}`, 'too-long')

const match = defineFunction({
  name: 'REGEX_MATCH',
  group,
  summary: `Whether a pattern occurs in the text. ${patternRules}`,
  parameters: [parameter('text', 'text'), pattern, flags],
  isDear: true,
  result: 'boolean',
  seesBlanks: true,
  sql: ([text], { literals }) => ({
    value: code`coalesce(${boundedSql(text, patternTextBound)} ~ ${patternSql(literals[1], literals[2])}, false)`,
    error: literals[1] === null ? null : tooLongSql(text, patternTextBound),
  }),
  evaluate: ([text, source, flag]) => {
    if (text === null || source === null) return false
    return codePointCount(text) > patternTextBound ? tooLong : matcherOf(source, flag ?? undefined).test(text)
  },
  examples: [
    { formula: 'REGEX_MATCH("Head of Sales", "(head|vp) of", "i")', result: true },
    { formula: 'REGEX_MATCH("CFO", "^C[A-Z]O$")', result: true },
  ],
})

const extract = defineFunction({
  name: 'REGEX_EXTRACT',
  group,
  summary:
    'The first part of the text that the pattern fits, the longest if there are several; blank if there is none. Groups only group.',
  parameters: [parameter('text', 'text'), pattern, flags],
  isDear: true,
  result: 'text',
  sql: ([text], { literals }) => ({
    value: code`regexp_substr(${boundedSql(text, patternTextBound)}, ${patternSql(literals[1], literals[2])})`,
    error: tooLongSql(text, patternTextBound),
  }),
  evaluate: ([text, source, flag]) => {
    if (codePointCount(text) > patternTextBound) return tooLong
    const found = matcherOf(source, flag).find(text)
    return found === null ? null : text.slice(found.start, found.end)
  },
  examples: [
    { formula: 'REGEX_EXTRACT("Order 4711 of May", "\\d+")', result: '4711' },
    { formula: 'REGEX_EXTRACT("no number", "\\d+")', result: null },
  ],
})

const replace = defineFunction({
  name: 'REGEX_REPLACE',
  group,
  summary: `The text with every part that the pattern fits replaced by another text. The text may have ${replaceTextBound.toLocaleString('en')} characters.`,
  parameters: [parameter('text', 'text'), pattern, parameter('by', 'text'), flags],
  isDear: true,
  result: 'text',
  grows: true,
  seesBlanks: true,
  sql: ([text, , by], { literals }) => {
    const other = code`coalesce(${by}, '')`
    const isShort = code`length(${text}) <= ${replaceTextBound} and octet_length(${other}) <= ${longestReplacement}`
    return {
      value: code`regexp_replace(case when ${isShort} then ${text} end, ${patternSql(literals[1], literals[3])}, replace(${other}, '\\', '\\\\'), 'g')`,
      error: literals[1] === null ? null : errorWhen(code`${text} is not null and not (${isShort})`, 'too-long'),
    }
  },
  evaluate: ([text, source, by, flag]) => {
    if (text === null || source === null) return null
    const other = by ?? ''
    if (codePointCount(text) > replaceTextBound || utf8Bytes(other) > longestReplacement) return tooLong
    return replaceMatches(text, matcherOf(source, flag ?? undefined), other)
  },
  examples: [
    { formula: 'REGEX_REPLACE("+49 (30) 1234", "[^0-9+]", "")', result: '+49301234' },
    { formula: 'REGEX_REPLACE("a1b22", "\\d+", "\\&")', result: 'a\\&b\\&' },
  ],
})

/** In bytes: ten thousand of them are less than a hundred cells. */
const longestReplacement = textBound / 100

/** As PostgreSQL goes on: behind a match, and one character further behind an empty one. */
function replaceMatches(text: string, matcher: PatternMatcher, by: string): string {
  let result = ''
  let copied = 0
  for (let from = 0; from <= text.length; ) {
    const found = matcher.find(text, from)
    if (found === null) break
    result += text.slice(copied, found.start) + by
    copied = found.end
    const isEmpty = found.end === found.start
    from = found.end + (isEmpty ? ((text.codePointAt(found.end) ?? 0) > 0xffff ? 2 : 1) : 0)
  }
  return result + text.slice(copied)
}

export const textPatternFunctions: readonly FormulaFunction[] = [match, extract, replace]
