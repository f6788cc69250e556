import type { Json } from '@opslayer/core/values'

/**
 * What the fill handle writes: goes on with the series that the given cells begin (numbers, dates, texts that end in a
 * number), and repeats them where they begin none.
 *
 * @param seed cells from the one where the series begins towards where it goes
 * @param typeId id of the column type, which tells dates from other texts
 */
export function fillSeries(seed: readonly Json[], count: number, typeId: string): readonly Json[] {
  const next = seriesOf(seed, typeId) ?? ((n: number) => seed[n % seed.length] ?? null)
  return Array.from({ length: count }, (_, i) => next(seed.length + i))
}

/** Gives the n-th member, from 0, or null if the cells are no series. */
function seriesOf(seed: readonly Json[], typeId: string): ((n: number) => Json) | null {
  if (seed.length === 0) return null
  if (typeId === 'date') return dateSeries(seed)
  if (typeId === 'datetime') return momentSeries(seed)
  if (seed.every((value) => typeof value === 'number')) return numberSeries(seed)
  if (typeId === 'text' || typeId === 'long_text') return numberedTextSeries(seed)
  return null
}

function numberSeries(seed: readonly number[]): ((n: number) => number) | null {
  const [first = 0, second] = seed
  if (second === undefined) return null
  const decimals = Math.max(...seed.map(decimalsOf))
  const step = round(second - first, decimals)
  const at = (n: number) => round(first + n * step, decimals)
  return seed.every((value, n) => value === at(n)) ? at : null
}

function decimalsOf(value: number): number {
  const [, fraction = ''] = String(value).split('.')
  return /^\d+$/.test(fraction) ? Math.min(fraction.length, 12) : 0
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals)) + 0 // never -0
}

const dayMs = 86_400_000

function dateSeries(seed: readonly Json[]): ((n: number) => string | null) | null {
  const days = seed.map((value) => (typeof value === 'string' ? Date.parse(`${value}T00:00:00Z`) / dayMs : Number.NaN))
  if (days.some(Number.isNaN)) return null
  const [first = 0, second = first + 1] = days
  const months = monthNumber(seed[1]) - monthNumber(seed[0])
  const byMonths = (n: number) => isoDate(addMonths(first * dayMs, n * months))
  // Before days, since Jan 31, Feb 28 are ends of months rather than four weeks apart.
  if (months !== 0 && seed.length > 1 && seed.every((value, n) => value === byMonths(n))) return byMonths
  const byDays = (n: number) => isoDate((first + n * (second - first)) * dayMs)
  return seed.every((value, n) => value === byDays(n)) ? byDays : null
}

function monthNumber(value: Json | undefined): number {
  const [year = 0, month = 0] = String(value).split('-').map(Number)
  return year * 12 + month
}

function addMonths(ms: number, months: number): number {
  const start = new Date(ms)
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months + 1, 0)).getUTCDate()
  return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, Math.min(start.getUTCDate(), lastDay))
}

function isoDate(ms: number): string | null {
  return isoMoment(ms)?.slice(0, 10) ?? null
}

/** Null beyond the years that a date can be written in. */
function isoMoment(ms: number): string | null {
  const date = new Date(ms)
  const year = date.getUTCFullYear()
  return year >= 1 && year <= 9999 ? date.toISOString() : null
}

function momentSeries(seed: readonly Json[]): ((n: number) => string | null) | null {
  const moments = seed.map((value) => (typeof value === 'string' ? Date.parse(value) : Number.NaN))
  if (moments.some(Number.isNaN)) return null
  const [first = 0, second = first + dayMs] = moments
  const isSeries = moments.every((moment, n) => moment === first + n * (second - first))
  return isSeries ? (n) => isoMoment(first + n * (second - first)) : null
}

function numberedTextSeries(seed: readonly Json[]): ((n: number) => string) | null {
  const parts = seed.map((value) => (typeof value === 'string' ? /^(.*?)(\d{1,12})$/s.exec(value) : null))
  const [first] = parts
  if (first == null) return null
  const [, prefix = '', digits = ''] = first
  const start = Number(digits)
  const step = parts.length === 1 ? 1 : Number(parts[1]?.[2]) - start
  const at = (n: number) =>
    `${prefix}${String(Math.max(0, start + n * step)).padStart(digits.startsWith('0') ? digits.length : 0, '0')}`
  return seed.every((value, n) => value === at(n)) ? at : null
}
