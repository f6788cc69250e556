import * as z from 'zod'
import { type CalendarDate, fromIsoDate, isoDate, utcMs } from './calendar-date.ts'
import { usableLocale } from './locale.ts'
import { memo } from './memo.ts'
import { localAt } from './time-zone.ts'

/**
 * How dates look: `medium` 7 Jan 2026, `short` 1/7/2026, `long` January 7, 2026 (each in the reader's locale), `iso`
 * 2026-01-07.
 */
const dateDisplay = z.enum(['medium', 'short', 'long', 'iso'])
/** How days are written, as a setting of a column. */
export const displaySetting = dateDisplay.default('medium').meta({
  title: 'Format',
  labels: { medium: 'Jan 7, 2026', short: '1/7/2026', long: 'January 7, 2026', iso: '2026-01-07' },
})
export type DateDisplay = z.infer<typeof dateDisplay>

const formatter = memo((key: string): Intl.DateTimeFormat => {
  const [locale = 'en-US', display] = key.split('\n')
  const month = display === 'short' ? 'numeric' : display === 'long' ? 'long' : 'short'
  return new Intl.DateTimeFormat(usableLocale(locale), {
    calendar: 'gregory',
    numberingSystem: 'latn',
    timeZone: 'UTC',
    year: 'numeric',
    month,
    day: 'numeric',
  })
})

/** A day for people. Years below 1000 are always written as ISO: "1/7/26" would be read back as 2026. */
function formatDate(date: CalendarDate, display: DateDisplay, locale: string): string {
  if (display === 'iso' || date.year < 1000) return isoDate(date)
  return printedDay(`${locale}\n${display}\n${utcMs(date.year, date.month, date.day)}`)
}

/** Days come again and again, and Intl takes a microsecond for each. */
const printedDay = memo((key) => {
  const [locale, display, ms] = key.split('\n')
  return formatter(`${locale}\n${display}`).format(Number(ms))
}, 5_000)

export function formatIsoDate(iso: string, display: DateDisplay, locale: string): string {
  return formatDate(fromIsoDate(iso), display, locale)
}

const usesTwelveHours = memo((locale: string): boolean => {
  const { language } = new Intl.Locale(usableLocale(locale))
  const format = new Intl.DateTimeFormat(usableLocale(locale), { hour: 'numeric' })
  return language === 'en' && format.resolvedOptions().hour12 === true
})

/** A moment for people, in the zone: the date as {@link formatDate} writes it and `13:30` or `1:30 PM`. */
export function formatMoment(
  epochMs: number,
  display: DateDisplay,
  precision: 'minute' | 'second',
  locale: string,
  timeZone: string,
): string {
  const local = localAt(epochMs, timeZone)
  const two = (part: number) => String(part).padStart(2, '0')
  const rest = two(local.minute) + (precision === 'second' ? `:${two(local.second)}` : '')
  const time =
    display !== 'iso' && usesTwelveHours(locale)
      ? `${local.hour % 12 || 12}:${rest} ${local.hour < 12 ? 'AM' : 'PM'}`
      : `${two(local.hour)}:${rest}`
  return `${formatDate(local, display, locale)}${display === 'iso' ? ' ' : ', '}${time}`
}
