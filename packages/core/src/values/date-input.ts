import * as z from 'zod'
import { say } from '../sentences/say.ts'
import { type CalendarDate, fromIsoDate, isCalendarDate, isoDate } from './calendar-date.ts'
import type { Parsed, ValueContext } from './column-type.ts'
import { type DateReading, readDateText } from './date-text.ts'
import { dateInput, shortInputText } from './input-text.ts'
import { accept, quote, refuse } from './parsed.ts'
import { instantOf, localDay, midnight } from './time-zone.ts'

/** How `01/02/2026` is read: by the reader's locale, or always the same way. */
export const dateInputOrder = z
  .enum(['locale', 'dmy', 'mdy', 'ymd'])
  .default('locale')
  .meta({
    title: 'Numbers such as 01/02/2026 are',
    labels: { locale: 'as where the reader lives', dmy: 'day first', mdy: 'month first', ymd: 'year first' },
  })
export type DateInputOrder = z.infer<typeof dateInputOrder>

/** The first and the last moment that a cell can hold, in milliseconds since 1970. */
const firstMoment = Date.parse('0001-01-01T00:00:00.000Z')
const lastMoment = Date.parse('9999-12-31T23:59:59.999Z')

type Read = { readonly reading: DateReading; readonly text: string } | { readonly outcome: Parsed<never> }

function read(input: unknown, order: DateInputOrder, context: ValueContext): Read {
  const text = shortInputText(input)
  if (!text.ok) return { outcome: text }
  if (text.value === null) return { outcome: accept<never>(null) }
  const today = () => localDay(context.now.getTime(), context.timeZone)
  const reading =
    typeof input === 'string' || dateInput(input) !== null
      ? readDateText(text.value, { locale: context.locale, order: order === 'locale' ? undefined : order, today })
      : null
  if (reading !== null) return { reading, text: text.value }
  if (/^\d{5}(?:\.\d+)?$/.test(text.value)) {
    const reason = say(
      '{value} looks like a spreadsheet’s number for a day; format the column as a date before you export it',
      { value: quote(text.value) },
    )
    return { outcome: refuse(reason) }
  }
  return { outcome: refuse(say('{value} is not a date', { value: quote(text.value) })) }
}

/** The moment of a reading in milliseconds; a time without a zone is local, a missing time is midnight. */
function momentOf({ date, time }: DateReading, timeZone: string): number {
  if (time === null) return instantOf(date, midnight, timeZone)
  if (time.offsetMinutes === null) return instantOf(date, time, timeZone)
  return instantOf(date, time, 'UTC') - time.offsetMinutes * 60_000
}

/** Loads and undo bring cells in their stored form, which is read the same under all rules: a tenth of the time. */
function isStoredDay(input: unknown): input is string {
  return typeof input === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(input) && isCalendarDate(fromIsoDate(input))
}

function isStoredMoment(input: unknown): input is string {
  return (
    typeof input === 'string' &&
    /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/.test(input) &&
    isCalendarDate(fromIsoDate(input))
  )
}

/** Reads a day; a moment with a zone gives the local day on which it falls. */
export function readDayInput(input: unknown, order: DateInputOrder, context: ValueContext): Parsed<string> {
  if (isStoredDay(input)) return accept(input)
  const result = read(input, order, context)
  if ('outcome' in result) return result.outcome
  const { date, time } = result.reading
  const zoned = time !== null && time.offsetMinutes !== null
  const day: CalendarDate = zoned ? localDay(momentOf(result.reading, context.timeZone), context.timeZone) : date
  return isCalendarDate(day)
    ? accept(isoDate(day))
    : refuse(say('{value} is outside the years 1 to 9999', { value: quote(result.text) }))
}

/** Reads a moment, as ISO text in UTC with milliseconds. */
export function readMomentInput(input: unknown, order: DateInputOrder, context: ValueContext): Parsed<string> {
  if (isStoredMoment(input)) return accept(input)
  const result = read(input, order, context)
  if ('outcome' in result) return result.outcome
  const moment = momentOf(result.reading, context.timeZone)
  if (moment < firstMoment || moment > lastMoment) {
    return refuse(say('{value} is outside the years 1 to 9999', { value: quote(result.text) }))
  }
  return accept(new Date(moment).toISOString())
}

/** The first moment of a day in the zone, as stored; not before the first moment that can be. */
export function startOfDay(day: CalendarDate, { timeZone }: ValueContext): string {
  return new Date(Math.max(instantOf(day, midnight, timeZone), firstMoment)).toISOString()
}
