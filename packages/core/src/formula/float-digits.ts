import { plainDecimal } from '../values/decimal.ts'

/** Larger results are `#NUM!`. */
export const largestNumber = 1e100
/** Longer durations, in seconds, are `#NUM!`: what duration columns hold. */
export const longestDuration = 1e12
/** Smaller results are 0. */
export const smallestNumber = 1e-100

/**
 * The number with 15 significant digits, as PostgreSQL makes it when it turns float8 into numeric. JavaScript rounds
 * exact ties up, PostgreSQL to the even digit.
 */
export function round15(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value
  return roundDigits(value, 15)
}

/** The number with 12 significant digits, for functions whose last digits differ between systems. */
export function round12(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) < 1e12) return value
  return roundDigits(value, 12)
}

function roundDigits(value: number, digits: number): number {
  const rounded = value.toPrecision(digits)
  const longer = value.toPrecision(digits + 1)
  if (mantissa(longer).at(-1) !== '5') return Number(rounded)
  const exact = mantissa(value.toPrecision(60))
  if (/[1-9]/.test(exact.slice(digits + 1))) return Number(rounded)
  const keptIsEven = Number(exact[digits - 1]) % 2 === 0
  return keptIsEven ? Number(withDigits(longer, digits)) : Number(rounded)
}

/** The significant digits alone. */
function mantissa(text: string): string {
  return text.replace(/e.*$/, '').replace(/[-.]/g, '').replace(/^0+/, '')
}

/** Cuts the last significant digit off. */
function withDigits(text: string, digits: number): string {
  const [number = '', exponent] = text.split('e')
  const length = number.startsWith('-') ? digits + 1 : digits
  const cut = number.includes('.') ? number.slice(0, -1) : `${number.slice(0, length)}0`
  return exponent === undefined ? cut : `${cut}e${exponent}`
}

/** All digits that count, without an exponent: how numbers read in text. */
export function numberText(value: number): string {
  return plainDecimal(round15(value))
}

/** Negative, zero or positive; numbers are equal if their 15 significant digits are. */
export function compareNumbers(a: number, b: number): number {
  const difference = a - b
  if (difference === 0) return 0
  // Further apart than the fifteenth digit: rounding keeps the order and the difference.
  if (Math.abs(difference) > 1e-13 * (Math.abs(a) + Math.abs(b))) return difference
  return round15(a) - round15(b)
}

export type Rounding = 'half' | 'up' | 'down' | 'ceiling' | 'floor'

/** Rounds the 15 digits to so many decimals (-100 to 100); `up` and `down` mean away from and towards zero. */
export function roundPlaces(value: number, places: number, rounding: Rounding): number {
  if (rounding === 'half' && places >= 0 && places <= 15) {
    const scaled = Math.abs(value) * 10 ** places
    const whole = Math.floor(scaled)
    const rest = scaled - whole
    // Far from a tie, the nearest multiple is the same before and after rounding to 15 digits.
    if (scaled < 1e12 && Math.abs(rest - 0.5) > 1e-3) {
      const rounded = (rest > 0.5 ? whole + 1 : whole) / 10 ** places
      return value < 0 ? -rounded : rounded
    }
  }
  return roundDecimal(plainDecimal(round15(value)), places, rounding)
}

function roundDecimal(text: string, places: number, rounding: Rounding): number {
  const negative = text.startsWith('-')
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const digits = whole + fraction
  const kept = whole.length + places
  if (kept >= digits.length) return Number(text)
  const cut = kept < 0 ? `${'0'.repeat(-kept)}${digits}` : digits
  const end = Math.max(0, kept)
  const rest = cut.slice(end)
  const unit = BigInt(cut.slice(0, end) || '0')
  const isZero = /^0*$/.test(rest)
  const away =
    rounding === 'half'
      ? (rest[0] ?? '0') >= '5'
      : rounding === 'up'
        ? !isZero
        : rounding === 'ceiling'
          ? !isZero && !negative
          : rounding === 'floor'
            ? !isZero && negative
            : false
  const result = Number(`${away ? unit + 1n : unit}e${-places}`)
  return negative && result !== 0 ? -result : result
}
