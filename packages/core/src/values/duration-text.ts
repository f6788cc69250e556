import type { Parsed } from './column-type.ts'
import { boundedNumber, decimalToNumber, plainDecimal, readDecimal } from './decimal.ts'
import { usableLocale } from './locale.ts'
import { readLocaleNumber } from './locale-number.ts'
import { memo } from './memo.ts'
import { foldWord } from './month-names.ts'

const secondsOf = { week: 604_800, day: 86_400, hour: 3_600, minute: 60, second: 1 } as const
const englishShort = { w: 604_800, wk: 604_800, d: 86_400, h: 3_600, hr: 3_600, m: 60, min: 60, s: 1, sec: 1 } as const

/** Folded unit word → seconds; the locale's words and English ones. */
const unitWords = memo((locale: string): ReadonlyMap<string, number> => {
  const words = new Map<string, number>()
  for (const tag of new Set([usableLocale(locale), 'en'])) {
    for (const [unit, seconds] of Object.entries(secondsOf)) {
      for (const unitDisplay of ['long', 'short'] as const) {
        const format = new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay })
        for (const count of [1, 2, 5, 0.5]) {
          const word = format.formatToParts(count).find((part) => part.type === 'unit')?.value ?? ''
          if (foldWord(word) !== '') words.set(foldWord(word), seconds)
        }
      }
    }
  }
  for (const [word, seconds] of Object.entries(englishShort)) {
    for (const plural of [word, `${word}s`]) if (!words.has(plural)) words.set(plural, seconds)
  }
  words.set('ms', 0.001)
  return words
})

/**
 * Reads `1:30` (hours and minutes), `1:30:15.5`, `1h 30m`, `90 min`, `1.5 hours`, `P1DT2H`, and a bare number as
 * seconds. `null` if it is none of them.
 */
export function readDurationText(text: string, locale: string): Parsed<number> | null {
  const signed = /^([-\u2212+]?)\s*(.*)$/s.exec(text)
  const negative = signed?.[1] === '-' || signed?.[1] === '\u2212'
  const body = signed?.[2] ?? ''
  const seconds = readClock(body, negative) ?? readUnits(isoToUnits(body), locale, negative)
  if (seconds !== null) return seconds
  const bare = readLocaleNumber(text, locale)
  return bare === null ? null : decimalToNumber(bare)
}

function readClock(text: string, negative: boolean): Parsed<number> | null {
  const match = /^(\d{1,12}):([0-5]?\d)(?::([0-5]?\d)(?:[.,](\d{1,100}))?)?$/.exec(text)
  if (!match) return null
  const whole = Number(match[1]) * 3_600 + Number(match[2]) * 60 + Number(match[3] ?? 0)
  const decimal = readDecimal(`${whole}.${match[4] ?? '0'}`)
  return decimal === null ? null : decimalToNumber({ ...decimal, negative })
}

function isoToUnits(text: string): string {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/i.exec(text)
  if (!match) return text
  const units = ['w', 'd', 'h', 'm', 's']
  return units
    .map((unit, i) => (match[i + 1] === undefined ? '' : `${match[i + 1]}${unit}`))
    .join(' ')
    .trim()
}

function readUnits(text: string, locale: string, negative: boolean): Parsed<number> | null {
  const words = unitWords(locale)
  let seconds = 0
  let end = 0
  for (const match of text.matchAll(/(\d[\d.,]*)\s*([\p{L}\p{M}]+)\.?/gu)) {
    const between = text.slice(end, match.index)
    if (!/^[\s,]*(?:(?:and|und|et|y|e)\s+)?$/.test(between)) return null
    const amount = readLocaleNumber(match[1] ?? '', locale)
    const number = amount === null ? null : decimalToNumber(amount)
    const unit = words.get(foldWord(match[2] ?? ''))
    if (unit === undefined || number === null || !number.ok || number.value === null) return null
    seconds += number.value * unit
    end = match.index + match[0].length
  }
  if (end === 0 || text.slice(end).trim() !== '') return null
  return boundedNumber(wholeMicroseconds(negative ? -seconds : seconds))
}

/** Rounds seconds to microseconds. */
export function wholeMicroseconds(seconds: number): number {
  return Number(seconds.toFixed(6)) || 0
}

interface ClockParts {
  readonly sign: string
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
  /** Digits after the decimal point of the seconds. */
  readonly fraction: string
}

function clockParts(value: number): ClockParts {
  const [whole = '0', fraction = ''] = plainDecimal(Math.abs(value)).split('.')
  const total = Number(whole)
  return {
    sign: value < 0 ? '-' : '',
    hours: Math.floor(total / 3_600),
    minutes: Math.floor(total / 60) % 60,
    seconds: total % 60,
    fraction,
  }
}

/** `1:30` or `1:30:05`; parts of a second only with `exact`. Seconds that are not shown are cut off. */
export function clockText(value: number, withSeconds: boolean, exact = false): string {
  const { sign, hours, minutes, seconds, fraction } = clockParts(value)
  const two = (part: number) => String(part).padStart(2, '0')
  const tail = withSeconds ? `:${two(seconds)}${exact && fraction !== '' ? `.${fraction}` : ''}` : ''
  return `${sign}${hours}:${two(minutes)}${tail}`
}

/** `1h 30m`, `45s`, `1.5s`; always in these letters, which every locale reads back. */
export function unitText(value: number): string {
  const { sign, hours, minutes, seconds, fraction } = clockParts(value)
  const parts: string[] = []
  if (hours > 0) parts.push(`${hours}h`)
  if (minutes > 0) parts.push(`${minutes}m`)
  if (seconds > 0 || fraction !== '' || parts.length === 0)
    parts.push(`${seconds}${fraction === '' ? '' : `.${fraction}`}s`)
  return sign + parts.join(' ')
}
