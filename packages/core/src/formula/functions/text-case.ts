import { defineFunction, type FormulaFunction, type FunctionExample, parameter } from '../formula-function.ts'
import { code, type Fragment, raw } from '../fragment.ts'

const group = 'text'

/** Case mapping of the root locale, the same in every database and in JavaScript. */
export const upperSql = (text: Fragment) => code`upper((${text}) collate "und-x-icu") collate "C"`
export const lowerSql = (text: Fragment) => code`lower((${text}) collate "und-x-icu") collate "C"`

const isAsciiSql = (text: Fragment) => code`octet_length(${text}) = length(${text})`
/** {@link upperSql} of an argument: mentions it several times, and spares ASCII the way through ICU (a third of the time). */
const argumentUpperSql = (text: Fragment) =>
  code`case when ${isAsciiSql(text)} then upper(${text} collate "C") else ${upperSql(text)} end`
export const argumentLowerSql = (text: Fragment) =>
  code`case when ${isAsciiSql(text)} then lower(${text} collate "C") else ${lowerSql(text)} end`

/** White space by our own list: what Unicode calls so, and the byte order mark. */
const spaces = '\\u0009-\\u000d\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff'
const spacesAtEnds = new RegExp(`^[${spaces}]+|[${spaces}]+$`, 'g')
const spaceRuns = new RegExp(`[${spaces}]+`, 'g')

export function trimmed(text: string): string {
  return text.replace(spacesAtEnds, '').replace(spaceRuns, ' ')
}

export const trimmedSql = (text: Fragment) =>
  code`btrim(regexp_replace((${text}) collate "C", ${raw(`'[${spaces}]+'`)}, ' ', 'g'))`

/** {@link trimmedSql} of an argument; plain ASCII without spaces to take away inside is told by a test that costs little. */
const argumentTrimmedSql = (text: Fragment) =>
  code`case when ${isAsciiSql(text)} and (${text}) collate "C" !~ E'[\\t-\\r]|  ' then btrim(${text}) else ${trimmedSql(text)} end`

function caseFunction(
  name: string,
  summary: string,
  sql: (text: Fragment) => Fragment,
  evaluate: (text: string) => string,
  examples: readonly FunctionExample[],
) {
  return defineFunction({
    name,
    group,
    summary,
    parameters: [parameter('text', 'text')],
    result: 'text',
    neverEmpty: name === 'UPPER' || name === 'LOWER',
    sql: ([text]) => sql(text),
    evaluate: ([text]) => evaluate(text),
    examples,
  })
}

/** What ends a word beside white space; an apostrophe is looked at on its own. */
const wordBreaks = `${spaces}!-&(-/:-@\\[-\`{-~`
const apostrophes = "'\\u2019"
const words = new RegExp(`([${apostrophes}]?)([^${wordBreaks}${apostrophes}]*)([${wordBreaks}]*)`, 'g')

/** `o'brien` → `O'Brien`, `ada's` → `Ada's`: behind an apostrophe, only more than two letters begin with a capital. */
function proper(text: string): string {
  return text.replace(words, (_, apostrophe: string, word: string, rest: string) => {
    const [first = '', ...others] = [...word]
    const isEnding = apostrophe !== '' && others.length < 2
    const begun = isEnding ? first.toLowerCase() : first.toUpperCase()
    return `${apostrophe}${begun}${others.join('').toLowerCase()}${rest}`
  })
}

function properSql(text: Fragment): Fragment {
  const pattern = raw(
    `'([${apostrophes.replace("'", "''")}]?)([^${wordBreaks}${apostrophes.replace("'", "''")}]*)([${wordBreaks}]*)'`,
  )
  const first = code`left(m.part[2], 1)`
  const begun = code`case when m.part[1] <> '' and length(m.part[2]) < 3 then ${lowerSql(first)} else ${upperSql(first)} end`
  return code`(select string_agg(m.part[1] || ${begun} || ${lowerSql(code`substr(m.part[2], 2)`)} || m.part[3], '' order by m.place)
    from regexp_matches((${text}) collate "C", ${pattern}, 'g') with ordinality as m(part, place))`
}

/** Letters without their marks, and the few that no decomposition takes apart. */
const plainLetters = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
}

export function withoutAccents(text: string): string {
  const plain = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '')
  return Object.entries(plainLetters).reduce((all, [letter, other]) => all.replaceAll(letter, other), plain)
}

export function withoutAccentsSql(text: Fragment): Fragment {
  const plain = code`regexp_replace(normalize((${text}) collate "C", NFKD), '[\\u0300-\\u036f]', '', 'g')`
  return Object.entries(plainLetters).reduce(
    (all, [letter, other]) => code`replace(${all}, ${raw(`'${letter}'`)}, ${raw(`'${other}'`)})`,
    plain,
  )
}

function slug(text: string): string {
  return withoutAccents(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

const controls =
  '\\u0001-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff'
const controlCharacters = new RegExp(`[${controls}]+`, 'g')

export const textCaseFunctions: readonly FormulaFunction[] = [
  caseFunction('UPPER', 'The text in capitals.', argumentUpperSql, (text) => text.toUpperCase(), [
    { formula: 'UPPER("straße")', result: 'STRASSE' },
  ]),
  caseFunction('LOWER', 'The text in small letters.', argumentLowerSql, (text) => text.toLowerCase(), [
    { formula: 'LOWER("ΟΔΟΣ")', result: 'οδος' },
  ]),
  caseFunction('PROPER', 'Each word with a capital and small letters behind it.', properSql, proper, [
    { formula: 'PROPER("SINÉAD o\'brien-smith")', result: "Sinéad O'Brien-Smith" },
    { formula: 'PROPER("ada\'s acme")', result: "Ada's Acme" },
  ]),
  caseFunction('TRIM', 'Without white space at the ends, and with single spaces within.', argumentTrimmedSql, trimmed, [
    { formula: 'TRIM("  Ada   Lovelace ")', result: 'Ada Lovelace' },
    { formula: 'TRIM("   ")', result: null },
  ]),
  caseFunction(
    'CLEAN',
    'Without invisible characters: control characters, zero-width marks, marks of direction.',
    (text) => code`regexp_replace((${text}) collate "C", ${raw(`'[${controls}]+'`)}, '', 'g')`,
    (text) => text.replace(controlCharacters, ''),
    [{ formula: 'CLEAN("a\u200bb\u0007c")', result: 'abc' }],
  ),
  caseFunction('UNACCENT', 'Letters without accents: é becomes e, ß becomes ss.', withoutAccentsSql, withoutAccents, [
    { formula: 'UNACCENT("Zoë Łódź")', result: 'Zoe Lodz' },
  ]),
  caseFunction(
    'SLUG',
    'The text as part of a web address: small letters, digits and single hyphens.',
    (text) => code`btrim(regexp_replace(${lowerSql(withoutAccentsSql(text))}, '[^a-z0-9]+', '-', 'g'), '-')`,
    slug,
    [{ formula: 'SLUG("Größe & Co. KG")', result: 'grosse-co-kg' }],
  ),
]
