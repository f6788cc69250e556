import { type CalendarDate, utcMs } from './calendar-date.ts'
import { memo } from './memo.ts'

/** A time of day as clocks on the wall show it. */
export interface LocalTime {
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

export const midnight: LocalTime = Object.freeze({ hour: 0, minute: 0, second: 0, millisecond: 0 })

/** Throws a `RangeError` for a zone that Intl does not know: the caller's setting is wrong, not a cell. */
const clockOf = memo(
  (timeZone) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }),
)

/** What clocks and calendars in the zone show at a moment. */
export function localAt(epochMs: number, timeZone: string): CalendarDate & LocalTime {
  const millisecond = ((epochMs % 1000) + 1000) % 1000
  if (timeZone === 'UTC') {
    const date = new Date(epochMs)
    return {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      millisecond,
    }
  }
  const shown: Record<string, string> = {}
  for (const { type, value } of clockOf(timeZone).formatToParts(epochMs)) shown[type] = value
  const year = Number(shown.year)
  return {
    year: shown.era?.startsWith('B') ? 1 - year : year,
    month: Number(shown.month),
    day: Number(shown.day),
    hour: Number(shown.hour),
    minute: Number(shown.minute),
    second: Number(shown.second),
    millisecond,
  }
}

function asUtc(local: CalendarDate & LocalTime): number {
  const day = utcMs(local.year, local.month, local.day)
  return day + ((local.hour * 60 + local.minute) * 60 + local.second) * 1000 + local.millisecond
}

/** How far the zone's clocks are ahead of UTC at a moment, in milliseconds. */
function zoneOffsetMs(epochMs: number, timeZone: string): number {
  return timeZone === 'UTC' ? 0 : asUtc(localAt(epochMs, timeZone)) - epochMs
}

/**
 * The moment, in milliseconds since 1970, at which clocks in the zone show a date and time. An hour that clocks show
 * twice is taken as the later one; an hour that they skip moves forward by the gap.
 */
export function instantOf(date: CalendarDate, time: LocalTime, timeZone: string): number {
  const local = asUtc({ ...date, ...time })
  if (timeZone === 'UTC') return local
  const before = zoneOffsetMs(local - 86_400_000, timeZone)
  const after = zoneOffsetMs(local + 86_400_000, timeZone)
  // no change of clocks is near
  if (before === after) return local - before
  const later = Math.max(local - before, local - after)
  if (asUtc(localAt(later, timeZone)) === local) return later
  const earlier = Math.min(local - before, local - after)
  if (asUtc(localAt(earlier, timeZone)) === local) return earlier
  return local - before
}

/** The calendar day in the zone at a moment. */
export function localDay(epochMs: number, timeZone: string): CalendarDate {
  const { year, month, day } = localAt(epochMs, timeZone)
  return { year, month, day }
}
