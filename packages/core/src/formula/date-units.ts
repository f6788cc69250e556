import { addMonths, dayNumber, fromDayNumber, weekday } from '../values/calendar-date.ts'

/** Units that count whole days, and how many days or months one has. */
const dayUnits = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { months: 12 },
} as const
export type DayUnit = keyof typeof dayUnits

/** Units of time in milliseconds. */
const timeUnits = { hour: 3_600_000, minute: 60_000, second: 1_000 } as const
export type TimeUnit = keyof typeof timeUnits

const withPlurals = (units: object): readonly string[] => Object.keys(units).flatMap((unit) => [unit, `${unit}s`])

/** How units may be written, in lower case. */
export const dayUnitNames = withPlurals(dayUnits)
export const timeUnitNames = withPlurals(timeUnits)

/** `Months` → `month`. */
function singular(name: unknown): string {
  return String(name).toLowerCase().replace(/s$/, '')
}

export function dayUnitOf(name: unknown): DayUnit {
  const unit = singular(name)
  return Object.hasOwn(dayUnits, unit) ? (unit as DayUnit) : 'day'
}

export function timeUnitMs(name: unknown): number {
  const unit = singular(name)
  return Object.hasOwn(timeUnits, unit) ? timeUnits[unit as TimeUnit] : timeUnits.second
}

/** One unit in months, or in days. */
export function unitLength(unit: DayUnit): { readonly days: number } | { readonly months: number } {
  return dayUnits[unit]
}

/** Further than this no date can be moved without leaving the years 1 to 9999. */
export const mostMonths = 120_000

/** The same day so many months later, or that month's last day. */
export function addMonthsToDay(day: number, months: number): number {
  return dayNumber(addMonths(fromDayNumber(day), months))
}

/** The first day of the unit that holds the day; weeks begin on Monday. */
export function startOfUnit(day: number, unit: DayUnit): number {
  const date = fromDayNumber(day)
  switch (unit) {
    case 'day':
      return day
    case 'week':
      return day - weekday(date) + 1
    case 'month':
      return dayNumber({ ...date, day: 1 })
    case 'quarter':
      return dayNumber({ year: date.year, month: date.month - ((date.month - 1) % 3), day: 1 })
    case 'year':
      return dayNumber({ year: date.year, month: 1, day: 1 })
    default:
      return unit satisfies never
  }
}

/** The last day of the unit that holds the day. */
export function endOfUnit(day: number, unit: DayUnit): number {
  const start = startOfUnit(day, unit)
  const length = unitLength(unit)
  return ('days' in length ? start + length.days : addMonthsToDay(start, length.months)) - 1
}

/** Complete months from one day to another; negative if it lies before. */
export function monthsBetween(from: number, to: number): number {
  if (to < from) return -monthsBetween(to, from)
  const [start, end] = [fromDayNumber(from), fromDayNumber(to)]
  const months = (end.year - start.year) * 12 + end.month - start.month
  return addMonthsToDay(from, months) > to ? months - 1 : months
}
