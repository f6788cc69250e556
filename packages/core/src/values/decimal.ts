import { say } from '../sentences/say.ts'
import type { Parsed } from './column-type.ts'
import { accept, refuse } from './parsed.ts'

/** ±`digits` × 10^`exponent`; `digits` has no zeros at either end and is `''` for zero. */
export interface Decimal {
  readonly negative: boolean
  readonly digits: string
  readonly exponent: number
}

/** Numbers in cells are smaller than this in size. */
const numberLimit = 1e100

const machineNumber = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,5}))?$/i

/** Reads `-12.50`, `1e3`, `.5`; `null` for anything else. Keeps every digit. */
export function readDecimal(text: string): Decimal | null {
  const match = machineNumber.exec(text)
  if (!match) return null
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return null
  const all = (whole + fraction).replace(/^0+/, '')
  const digits = all.replace(/0+$/, '')
  if (digits === '') return { negative: false, digits, exponent: 0 }
  return { negative: sign === '-', digits, exponent: Number(exponent) - fraction.length + all.length - digits.length }
}

/** Times 10^`places`, exactly. */
export function shiftDecimal(decimal: Decimal, places: number): Decimal {
  return decimal.digits === '' ? decimal : { ...decimal, exponent: decimal.exponent + places }
}

/**
 * The number that a decimal is, if a JavaScript number holds it exactly (every decimal of up to 15 digits, every
 * integer up to 2^53) and its size is 0 or between 1e-100 and 1e100.
 */
export function decimalToNumber(decimal: Decimal): Parsed<number> {
  const value = Number(`${decimal.negative ? '-' : ''}${decimal.digits || '0'}e${decimal.exponent}`)
  if (!(Math.abs(value) < numberLimit)) return refuse(say('it is too large; numbers go up to 100 digits'))
  if (decimal.digits !== '' && Math.abs(value) < 1 / numberLimit) return refuse(say('it is too close to zero'))
  const kept = readDecimal(String(value))
  if (kept?.digits !== decimal.digits || kept.exponent !== decimal.exponent) {
    return refuse(say('it has more digits than a number can hold exactly; use a text column for ids'))
  }
  return accept(value)
}

/** A number that arrives as such, under the bounds of {@link decimalToNumber}. */
export function boundedNumber(value: number): Parsed<number> {
  // A number is its own shortest decimal, so that only its size can be wrong.
  const size = Math.abs(value)
  if (size < numberLimit && size >= 1 / numberLimit) return accept(value)
  const decimal = readDecimal(String(value))
  return decimal === null
    ? refuse(say('{value} is not a number that can be kept', { value: String(value) }))
    : decimalToNumber(decimal)
}

/** All digits without an exponent: `1e21` → `1000000000000000000000`. Expects a finite number. */
export function plainDecimal(value: number): string {
  const decimal = readDecimal(String(value))
  return decimal === null ? String(value) : printDecimal(decimal)
}

/** All digits without an exponent. */
function printDecimal({ negative, digits, exponent }: Decimal): string {
  if (digits === '') return '0'
  const sign = negative ? '-' : ''
  if (exponent >= 0) return sign + digits + '0'.repeat(exponent)
  const padded = digits.padStart(1 - exponent, '0')
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`
}

/**
 * Digits as a CSV file holds them, read back as the same number under every locale: `1.234` would be 1234 where the
 * dot groups thousands, so it is written `1.2340`.
 */
export function csvDecimal(decimal: Decimal): string {
  const text = printDecimal(decimal)
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(text) ? `${text}0` : text
}
