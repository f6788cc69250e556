import { dayNumber, fromDayNumber, fromIsoDate, isCalendarDate, isoDate, utcMs } from '../values/calendar-date.ts'
import { instantOf, localAt, midnight } from '../values/time-zone.ts'

/** Days since 1970 of 0001-01-01 and 9999-12-31. */
export const firstDayNumber = dayNumber({ year: 1, month: 1, day: 1 })
export const lastDayNumber = dayNumber({ year: 9999, month: 12, day: 31 })

const dayMs = 86_400_000
/**
 * Milliseconds since 1970 of the first and the last moment that a formula gives: a day within the calendar, so that
 * clocks of every zone show a year from 1 to 9999.
 */
export const firstMoment = utcMs(1, 1, 2)
export const lastMoment = utcMs(9999, 12, 30) + dayMs - 1

export function isDayNumber(day: number): boolean {
  return day >= firstDayNumber && day <= lastDayNumber
}

export function isMoment(ms: number): boolean {
  return ms >= firstMoment && ms <= lastMoment
}

export function dayOf(iso: string): number {
  return dayNumber(fromIsoDate(iso))
}

export function isoDay(day: number): string {
  return isoDate(fromDayNumber(day))
}

/** The day that calendars in the zone show at a moment. */
export function dayAt(ms: number, timeZone: string): number {
  return dayNumber(localAt(ms, timeZone))
}

/** The moment at which a day begins in the zone. */
export function startOfDay(day: number, timeZone: string): number {
  return instantOf(fromDayNumber(day), midnight, timeZone)
}

/** Milliseconds since 1970 that clocks in the zone would have if they showed UTC. */
export function wallClock(ms: number, timeZone: string): number {
  if (timeZone === 'UTC') return ms
  const local = localAt(ms, timeZone)
  const time = ((local.hour * 60 + local.minute) * 60 + local.second) * 1000 + local.millisecond
  return utcMs(local.year, local.month, local.day) + time
}

/** The moment at which clocks in the zone show this; see {@link wallClock}. */
export function fromWallClock(wall: number, timeZone: string): number {
  const day = Math.floor(wall / dayMs)
  const rest = wall - day * dayMs
  const time = {
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60,
    millisecond: rest % 1000,
  }
  return instantOf(fromDayNumber(day), time, timeZone)
}

const isoDayText = /^(\d{4})-(\d{2})-(\d{2})$/

/** Reads `2026-01-31`; `null` for anything else. */
export function readDay(text: string): number | null {
  const match = isoDayText.exec(text)
  if (match === null) return null
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  return isCalendarDate(date) ? dayNumber(date) : null
}
