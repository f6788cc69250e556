import { type LocalTime, midnight } from './time-zone.ts'

/** A time of day, and how far its zone is ahead of UTC if the text says so. */
export interface TimeSuffix extends LocalTime {
  readonly offsetMinutes: number | null
}

const clock =
  /(?:^|[T,\s]\s*|\b)(\d{1,2})(?:[:h](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(?:\s*([ap])\.?\s?m\.?)?\s*(Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|UTC|GMT)?(?:\s+Uhr)?$/i

/** Splits a time of day off the end of a date: `2026-01-07T13:30Z`, `7 Jan 2026, 1:30 pm`. */
export function readTimeSuffix(text: string): { readonly rest: string; readonly time: TimeSuffix | null } {
  const none = { rest: text, time: null }
  const match = clock.exec(text)
  if (!match) return none
  const [whole, hourText, minute, second, fraction, half, zone] = match
  if (minute === undefined && half === undefined) return none
  let hour = Number(hourText)
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return none
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  }
  const time = {
    ...midnight,
    hour,
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? '').slice(0, 3).padEnd(3, '0')),
    offsetMinutes: zone === undefined ? null : offsetMinutes(zone),
  }
  if (time.hour > 23 || time.minute > 59 || time.second > 59) return none
  return { rest: text.slice(0, text.length - whole.length).replace(/[,\s]+$/, ''), time }
}

function offsetMinutes(zone: string): number {
  const match = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return match[1] === '-' ? -minutes : minutes
}
