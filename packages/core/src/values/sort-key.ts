import { firstCodePoints } from './code-points.ts'

/** A sort key takes at most this many bytes (UTF-8). */
export const maxSortKeyBytes = 200

/** How much of the text counts, in code points, before and after its characters are taken apart. */
const keptCodePoints = 100

/**
 * The text as it is ordered: case and accents folded, white space collapsed, digits by their number ("item 9" before
 * "item 10"). Keys compare by code point (`collate "C"`); {@link sortKeySql} gives the same bytes.
 *
 * Steps: first 100 code points; root-locale lower case; NFKD without U+0300–U+036F; white space collapsed and
 * trimmed; 100 code points again; digit runs padded; cut to 200 bytes at a code point.
 */
export function sortKey(text: string): string {
  const folded = firstCodePoints(text, keptCodePoints)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[\t\n\v\f\r \u0085\u1680\u2028\u2029]+/g, ' ')
    .replace(/^ | $/g, '')
  const padded = firstCodePoints(folded, keptCodePoints).replace(/[0-9]+/g, paddedDigits)
  return firstBytes(padded, maxSortKeyBytes)
}

/**
 * Up to 12 digits are padded to 12; up to 24 to 24 after `:`, more to 100 after `::`. The colon is the character after
 * 9, so longer numbers come later.
 */
function paddedDigits(run: string): string {
  const digits = run.replace(/^0+(?=.)/, '')
  if (digits.length <= 12) return digits.padStart(12, '0')
  return digits.length <= 24 ? `:${digits.padStart(24, '0')}` : `::${digits.padStart(100, '0')}`
}

function firstBytes(text: string, limit: number): string {
  let bytes = 0
  let end = 0
  while (end < text.length) {
    const codePoint = text.codePointAt(end) ?? 0
    bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4
    if (bytes > limit) break
    end += codePoint > 0xffff ? 2 : 1
  }
  return text.slice(0, end)
}

/**
 * SQL for the sort key of a text: the same bytes as {@link sortKey}, `null` for `null`, never an error. To be ordered
 * with `collate "C"`. Stable rather than immutable (PostgreSQL says so of `convert_from`), so it may stand in queries
 * and updates but not in an index or a generated column.
 *
 * The two agree on every character that both sides' Unicode versions know.
 *
 * @param text a trusted SQL expression of type text; it is written once
 */
export function sortKeySql(text: string): string {
  return cutSql(padSql(foldSql(text)))
}

function foldSql(text: string): string {
  const lower = `lower(left((${text})::text, ${keptCodePoints}) collate "und-x-icu")`
  const plain = replaceSql(`normalize(${lower}, NFKD)`, '[\\u0300-\\u036f]', '')
  const spaced = replaceSql(plain, '[\\t\\n\\v\\f\\r \\u0085\\u1680\\u2028\\u2029]+', ' ')
  return `left(${replaceSql(spaced, '^ | $', '')}, ${keptCodePoints})`
}

/** Puts more zeros than needed before each digit run of a size, then takes away what is too much. */
function padSql(text: string): string {
  const long = replaceSql(text, '(?<![0-9])0*([1-9][0-9]{24,})', `::${'0'.repeat(75)}\\1`)
  const longCut = replaceSql(long, '::0{0,75}([0-9]{100})(?![0-9])', '::\\1')
  const middle = replaceSql(longCut, '(?<![0-9])0*([1-9][0-9]{12,23})(?![0-9])', `:${'0'.repeat(11)}\\1`)
  const middleCut = replaceSql(middle, ':0{0,11}([0-9]{24})(?![0-9])', ':\\1')
  const short = replaceSql(middleCut, '(?<![0-9])0*([0-9]{1,12})(?![0-9])', `${'0'.repeat(11)}\\1`)
  return replaceSql(short, '(?<![0-9])0{0,11}([0-9]{12})(?![0-9])', '\\1')
}

/** Works on hexadecimal digits, two a byte; drops the bytes of a character that the cut went through. */
function cutSql(text: string): string {
  const hex = `left(encode(convert_to(${text}, 'UTF8'), 'hex'), ${maxSortKeyBytes * 2})`
  const whole = replaceSql(hex, '(?:[c-f].|[ef].[89ab].|f.[89ab].[89ab].)$', '')
  return `convert_from(decode(${whole}, 'hex'), 'UTF8')`
}

function replaceSql(text: string, pattern: string, replacement: string): string {
  return `regexp_replace(${text}, '${pattern}', '${replacement}', 'g')`
}
