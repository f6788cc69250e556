import { addDays, addMonths, type CalendarDate, weekday } from './calendar-date.ts'

export type PeriodUnit = 'day' | 'week' | 'month' | 'quarter' | 'year'

/**
 * A stretch of days that moves with today.
 * - `this`, `last`, `next` without `count`: the calendar unit around, before or after today; weeks begin on Monday
 * - `last` with `count`: that many units ending with today (the last 7 days are today and the six days before)
 * - `next` with `count`: that many units beginning with today
 */
export interface RelativePeriod {
  readonly which: 'this' | 'last' | 'next'
  readonly unit: PeriodUnit
  /** 1 to 1,000; for months, quarters and years counted from today's day of the month. */
  readonly count?: number
}

/** First and last day, both inside. */
export interface DayRange {
  readonly from: CalendarDate
  readonly to: CalendarDate
}

const singleDays: Readonly<Record<string, RelativePeriod>> = {
  today: { which: 'this', unit: 'day' },
  yesterday: { which: 'last', unit: 'day' },
  tomorrow: { which: 'next', unit: 'day' },
}

const whichWord: Readonly<Record<string, RelativePeriod['which']>> = {
  this: 'this',
  current: 'this',
  last: 'last',
  past: 'last',
  previous: 'last',
  next: 'next',
  coming: 'next',
}

const maxCount = 1_000
const words =
  /^(?:(?:in|during|within) )?(?:the )?(this|current|last|past|previous|next|coming) (?:(\d{1,4}) )?(day|week|month|quarter|year)s?$/
const spanWords = /^(?:more than )?(\d{1,4}) (day|week|month|quarter|year)s?(?: ago)?$/

function normalised(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim()
}

/** Reads `today`, `this_week`, `last 7 days`, `in the next 3 months`; `null` for anything else. */
export function readRelativePeriod(text: string): RelativePeriod | null {
  if (text.length > 100) return null
  const phrase = normalised(text)
  if (Object.hasOwn(singleDays, phrase)) return singleDays[phrase] ?? null
  const match = words.exec(phrase)
  if (!match) return null
  const unit = match[3] as PeriodUnit
  const which = whichWord[match[1] ?? ''] ?? 'last'
  if (match[2] === undefined) return { which, unit }
  const count = Number(match[2])
  return which === 'this' || count < 1 || count > maxCount ? null : { which, unit, count }
}

/** The stored form: `today`, `this_week`, `last_7_days`. */
export function printRelativePeriod({ which, unit, count }: RelativePeriod): string {
  if (count !== undefined) return `${which}_${count}_${unit}s`
  if (unit !== 'day') return `${which}_${unit}`
  return which === 'this' ? 'today' : which === 'last' ? 'yesterday' : 'tomorrow'
}

/** The days that the period covers when it is `today`. */
export function resolvePeriod({ which, unit, count }: RelativePeriod, today: CalendarDate): DayRange {
  if (count !== undefined) {
    return which === 'next'
      ? { from: today, to: addDays(addUnits(today, unit, count), -1) }
      : { from: addDays(addUnits(today, unit, -count), 1), to: today }
  }
  const steps = which === 'this' ? 0 : which === 'last' ? -1 : 1
  const from = addUnits(startOf(today, unit), unit, steps)
  return { from, to: addDays(addUnits(from, unit, 1), -1) }
}

/** A length of time in whole units, as "more than 30 days ago" needs it. */
export interface DaySpan {
  readonly count: number
  readonly unit: PeriodUnit
}

/** Reads `30 days`, `2_weeks`, `more than 3 months ago`; `null` for anything else. */
export function readDaySpan(text: string): DaySpan | null {
  const match = text.length > 100 ? null : spanWords.exec(normalised(text))
  if (!match) return null
  const count = Number(match[1])
  return count < 1 || count > maxCount ? null : { count, unit: match[2] as PeriodUnit }
}

/** The stored form: `30_days`. */
export function printDaySpan({ count, unit }: DaySpan): string {
  return `${count}_${unit}s`
}

/** `today` moved by a number of units; a day that the month lacks becomes its last. */
export function addUnits(date: CalendarDate, unit: PeriodUnit, count: number): CalendarDate {
  switch (unit) {
    case 'day':
      return addDays(date, count)
    case 'week':
      return addDays(date, count * 7)
    case 'month':
      return addMonths(date, count)
    case 'quarter':
      return addMonths(date, count * 3)
    case 'year':
      return addMonths(date, count * 12)
  }
}

/** The first day of the period that a day lies in; weeks begin on Monday. */
export function startOf(date: CalendarDate, unit: PeriodUnit): CalendarDate {
  switch (unit) {
    case 'day':
      return date
    case 'week':
      return addDays(date, 1 - weekday(date))
    case 'month':
      return { ...date, day: 1 }
    case 'quarter':
      return { ...date, month: date.month - ((date.month - 1) % 3), day: 1 }
    case 'year':
      return { ...date, month: 1, day: 1 }
  }
}
