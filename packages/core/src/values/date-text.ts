import { addDays, type CalendarDate, isCalendarDate } from './calendar-date.ts'
import { usableLocale, withoutBidiMarks } from './locale.ts'
import { memo } from './memo.ts'
import { type DateWords, dateWords, foldWord } from './month-names.ts'
import { readTimeSuffix, type TimeSuffix } from './time-text.ts'

export type DateOrder = 'dmy' | 'mdy' | 'ymd'

/** How to read `01/02/2026`, and what "tomorrow" and a missing year count from. */
export interface DateReadingRules {
  readonly locale: string
  /** Overrides the locale; then a date that only fits another order is refused. */
  readonly order?: DateOrder | undefined
  readonly today: () => CalendarDate
}

/** A date as written, with the time of day and zone that stood beside it. */
export interface DateReading {
  readonly date: CalendarDate
  readonly time: TimeSuffix | null
}

/** The order of day, month and year that the locale writes in numbers. */
const dateOrderOf = memo((locale: string): DateOrder => {
  const format = new Intl.DateTimeFormat(usableLocale(locale), {
    calendar: 'gregory',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
  const types = format.formatToParts(0).map((part) => part.type)
  const [year, month, day] = [types.indexOf('year'), types.indexOf('month'), types.indexOf('day')] as const
  return year < month ? 'ymd' : month < day ? 'mdy' : 'dmy'
})

/** Reads a date with or without a time; `null` if the text is no date, and no day that exists. */
export function readDateText(text: string, rules: DateReadingRules): DateReading | null {
  const clean = withoutBidiMarks(text)
    .replace(/\s*\([^()]*\)$/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const { rest, time } = readTimeSuffix(clean)
  const date = readDay(rest, rules)
  return date !== null && isCalendarDate(date) ? { date, time } : null
}

function readDay(text: string, rules: DateReadingRules): CalendarDate | null {
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text)
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }
  const words = dateWords(rules.locale)
  const offset = words.relativeDays.get(foldWord(text))
  if (offset !== undefined) return addDays(rules.today(), offset)
  return readTokens(text, words, rules)
}

function readTokens(text: string, words: DateWords, rules: DateReadingRules): CalendarDate | null {
  const numbers: string[] = []
  let month: number | null = null
  for (const [token] of text.matchAll(/\d+|[\p{L}\p{M}]+(?:\.[\p{L}\p{M}]+)*|[^\s]/gu)) {
    if (/^\d/.test(token)) {
      numbers.push(token)
    } else if (/^\p{L}/u.test(token)) {
      const word = foldWord(token)
      const named = words.months.get(word)
      if (named !== undefined && month === null) month = named
      else if (named === undefined && !words.fillers.has(word)) return null
    } else if (!/^[-–./,’'ʼ׳ªº°॰]$/.test(token)) {
      return null
    }
  }
  return month === null ? readNumbers(numbers, orderOf(text, rules)) : readNamed(numbers, month, rules.today)
}

interface NumericOrder {
  readonly order: DateOrder
  /** Whether a date that only fits the other order is one all the same. */
  readonly canSwap: boolean
}

/** Nowhere does the month come first where points stand between the numbers. */
function orderOf(text: string, { order, locale }: DateReadingRules): NumericOrder {
  if (order !== undefined) return { order, canSwap: false }
  const usual = dateOrderOf(locale)
  return { order: usual === 'mdy' && /^\d+\.\s?\d+\./.test(text) ? 'dmy' : usual, canSwap: true }
}

function readNamed(numbers: readonly string[], month: number, today: () => CalendarDate): CalendarDate | null {
  const [first, second] = numbers
  if (first === undefined || numbers.length > 2) return null
  if (second === undefined) return first.length <= 2 ? { year: today().year, month, day: Number(first) } : null
  const [day, year] = first.length > 2 ? [second, first] : [first, second]
  return day.length > 2 ? null : withYear(year, month, Number(day))
}

function readNumbers(numbers: readonly string[], { order, canSwap }: NumericOrder): CalendarDate | null {
  const [first, second, third] = numbers
  if (first === undefined || second === undefined || third === undefined || numbers.length > 3) return null
  if (second.length > 2) return null
  if (first.length > 2) return third.length > 2 ? null : withYear(first, Number(second), Number(third))
  if (order === 'ymd' && third.length <= 2) return withYear(first, Number(second), Number(third))
  const [month, day] = order === 'mdy' ? [Number(first), Number(second)] : [Number(second), Number(first)]
  const swap = canSwap && month > 12 && day <= 12
  return swap ? withYear(third, day, month) : withYear(third, month, day)
}

/** Two-digit years are 1970 to 2069. */
function withYear(year: string, month: number, day: number): CalendarDate | null {
  if (year.length === 4) return { year: Number(year), month, day }
  if (year.length !== 2) return null
  const short = Number(year)
  return { year: short + (short < 70 ? 2000 : 1900), month, day }
}
