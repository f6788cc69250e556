import { type Decimal, readDecimal, shiftDecimal } from './decimal.ts'
import { usableLocale, withoutBidiMarks } from './locale.ts'
import { memo } from './memo.ts'

interface NumberMarks {
  readonly decimal: string
  readonly group: string
  /** The locale's ten digits, if they are not 0 to 9. */
  readonly digits: readonly string[] | null
}

const marksOf = memo((locale: string): NumberMarks => {
  const format = new Intl.NumberFormat(usableLocale(locale))
  const parts = format.formatToParts(-1234567.8)
  const mark = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  const plain = new Intl.NumberFormat(usableLocale(locale), { useGrouping: false })
  const digits = Array.from({ length: 10 }, (_, digit) => plain.format(digit))
  return {
    // `asciiNumber` has put the ASCII marks in the place of the Arabic ones
    decimal: mark('decimal').replace('٫', '.'),
    group: mark('group').replace('٬', ','),
    digits: digits[0] === '0' ? null : digits,
  }
})

/** How many zeros a size word stands for; matched without regard to case. */
const sizeWords: Readonly<Record<string, number>> = {
  k: 3,
  tsd: 3,
  thousand: 3,
  m: 6,
  mm: 6,
  mio: 6,
  mln: 6,
  million: 6,
  millions: 6,
  b: 9,
  bn: 9,
  mrd: 9,
  billion: 9,
  billions: 9,
}

/**
 * Reads a number as people write it in the locale: `1,234.50`, `1.234,50`, `1 234,5`, `1'234`, `(12)`, `12-`, `5k`,
 * `1.2 Mio`, `1E+05`. `null` if it is none.
 *
 * A mark that can only be meant one way is read that way in every locale (`1.234,5`, `0.25`, `1,5`). Only a single
 * mark before exactly three digits depends on the locale: `1.234` is 1234 where the dot groups thousands (de-DE) and
 * 1.234 elsewhere; `1,234` is 1.234 where the comma is the decimal mark and 1234 elsewhere.
 */
export function readLocaleNumber(text: string, locale: string): Decimal | null {
  if (/^-?\d{1,15}$/.test(text)) return readDecimal(text)
  const marks = marksOf(locale)
  let body = asciiNumber(text, marks)
  let negative = false
  const bracketed = /^\((.+)\)$/.exec(body)
  const signed = /^([+-])\s*(.+)$/.exec(body) ?? null
  const trailing = /^(.+?)\s*-$/.exec(body)
  if (bracketed) {
    negative = true
    body = bracketed[1] ?? ''
  } else if (signed) {
    negative = signed[1] === '-'
    body = signed[2] ?? ''
  } else if (trailing) {
    // "5,-" is a German price without cents; "5-" is how ledgers write minus five
    negative = !/[.,]$/.test(trailing[1] ?? '')
    body = (trailing[1] ?? '').replace(/[.,]$/, '')
  }
  const sized = /^(.*\d[.,]?)\s*([a-z]+)\.?$/i.exec(body)
  const zeros = sized ? sizeWords[(sized[2] ?? '').toLowerCase()] : 0
  if (zeros === undefined) return null
  const magnitude = readMagnitude((sized?.[1] ?? body).trim(), marks)
  if (magnitude === null || magnitude.digits === '') return magnitude
  return { ...shiftDecimal(magnitude, zeros), negative }
}

function asciiNumber(text: string, marks: NumberMarks): string {
  let ascii = withoutBidiMarks(text)
    .replace(/[\u2212\u2012\u2013\ufe63\uff0d]/g, '-')
    .trim()
  for (const [value, digit] of (marks.digits ?? []).entries()) ascii = ascii.replaceAll(digit, String(value))
  return ascii.replaceAll('٫', '.').replaceAll('٬', ',')
}

function readMagnitude(body: string, marks: NumberMarks): Decimal | null {
  const scientific = /^(.+?)(e[+-]?\d{1,4})$/i.exec(body)
  const digits = plainDigits(scientific?.[1] ?? body, marks)
  return digits === null ? null : readDecimal(digits + (scientific?.[2] ?? ''))
}

/** The body with `.` as its decimal mark and nothing else but digits, or `null` if its marks make no sense. */
function plainDigits(body: string, marks: NumberMarks): string | null {
  if (/^\d+$/.test(body)) return body
  const spaced = /^\d{1,3}(?:([\s'’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$/.test(body)
  const text = spaced ? body.replace(/[\s'’]/g, '') : body
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','))
  if (last < 0) return /^\d+$/.test(text) ? text : null
  const mark = text[last] ?? ''
  const whole = text.slice(0, last)
  const fraction = text.slice(last + 1)
  if (!/^\d*$/.test(fraction)) return null
  if (/^\d*$/.test(whole)) {
    const groups = !spaced && mark === marks.group && isGrouped(text, mark)
    return groups ? whole + fraction : `${whole}.${fraction}`
  }
  if (!spaced && !whole.includes(mark)) {
    const group = mark === '.' ? ',' : '.'
    return isGrouped(whole, group) ? `${whole.replaceAll(group, '')}.${fraction}` : null
  }
  return isGrouped(text, mark) ? text.replaceAll(mark, '') : null
}

/** Thousands in threes, or the Indian way: the last three, then twos. */
function isGrouped(text: string, mark: string): boolean {
  const groups = text.split(mark)
  const [first = '', ...rest] = groups
  const last = rest.at(-1) ?? ''
  if (!/^[1-9]\d{0,2}$/.test(first) || !/^\d{3}$/.test(last)) return false
  const middle = rest.slice(0, -1)
  return (
    middle.every((group) => /^\d{3}$/.test(group)) ||
    (first.length < 3 && middle.every((group) => /^\d{2}$/.test(group)))
  )
}
