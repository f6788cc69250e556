import { fromDayNumber, weekday } from '../../values/calendar-date.ts'
import { dayAt, isoDay, readDay, wallClock } from '../date-value.ts'
import { errorWhen } from '../error-fragment.ts'
import { formulaError } from '../formula-error.ts'
import { defineFunction, type FormulaFunction, literal, parameter } from '../formula-function.ts'
import { bound, code, type Fragment, list, raw } from '../fragment.ts'
import { wallClockSql } from '../time-fragment.ts'
import type { Value } from '../value.ts'

const group = 'dates'
const notDate = formulaError('not-date')
const dayMs = 86_400_000

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

const two = (part: number) => String(part).padStart(2, '0')

/** One part of a date pattern, over milliseconds of the clock on the wall and over a `timestamp`. */
interface DatePart {
  readonly text: (wall: number) => string
  readonly sql: (wall: Fragment) => Fragment
}

const dateOf = (wall: number) => fromDayNumber(Math.floor(wall / dayMs))
const hourOf = (wall: number) => Math.floor(wall / 3_600_000) - Math.floor(wall / dayMs) * 24
const minuteOf = (wall: number) => Math.floor(wall / 60_000) - Math.floor(wall / 3_600_000) * 60
const secondOf = (wall: number) => Math.floor(wall / 1000) - Math.floor(wall / 60_000) * 60
const weekdayOf = (wall: number) => weekday(dateOf(wall))

function shown(format: string, text: (wall: number) => string): DatePart {
  return { text, sql: (wall) => code`to_char(${wall}, ${raw(`'${format}'`)})` }
}

function named(names: readonly string[], field: string, place: (wall: number) => number): DatePart {
  return {
    text: (wall) => names[place(wall) - 1] ?? '',
    sql: (wall) => code`(${bound([...names], 'text[]')})[date_part(${raw(`'${field}'`)}, ${wall})::int]`,
  }
}

const short = (names: readonly string[]) => names.map((name) => name.slice(0, 3))

/** Longest first, as they are looked for in this order. */
const dateParts: Readonly<Record<string, DatePart>> = {
  YYYY: shown('YYYY', (wall) => String(dateOf(wall).year).padStart(4, '0')),
  MMMM: named(months, 'month', (wall) => dateOf(wall).month),
  dddd: named(weekdays, 'isodow', weekdayOf),
  MMM: named(short(months), 'month', (wall) => dateOf(wall).month),
  ddd: named(short(weekdays), 'isodow', weekdayOf),
  YY: shown('YY', (wall) => two(dateOf(wall).year % 100)),
  MM: shown('MM', (wall) => two(dateOf(wall).month)),
  DD: shown('DD', (wall) => two(dateOf(wall).day)),
  HH: shown('HH24', (wall) => two(hourOf(wall))),
  hh: shown('HH12', (wall) => two(hourOf(wall) % 12 || 12)),
  mm: shown('MI', (wall) => two(minuteOf(wall))),
  ss: shown('SS', (wall) => two(secondOf(wall))),
  M: shown('FMMM', (wall) => String(dateOf(wall).month)),
  D: shown('FMDD', (wall) => String(dateOf(wall).day)),
  H: shown('FMHH24', (wall) => String(hourOf(wall))),
  h: shown('FMHH12', (wall) => String(hourOf(wall) % 12 || 12)),
  Q: shown('Q', (wall) => String(Math.ceil(dateOf(wall).month / 3))),
  A: shown('AM', (wall) => (hourOf(wall) < 12 ? 'AM' : 'PM')),
  a: shown('am', (wall) => (hourOf(wall) < 12 ? 'am' : 'pm')),
}
const partNames = Object.keys(dateParts)

/** Splits a pattern such as `D MMM YYYY [at] HH:mm` into parts and plain text. */
function readPattern(pattern: string): readonly (DatePart | string)[] {
  const parts: (DatePart | string)[] = []
  for (let at = 0; at < pattern.length; ) {
    const close = pattern[at] === '[' ? pattern.indexOf(']', at) : -1
    if (close > 0) {
      parts.push(pattern.slice(at + 1, close))
      at = close + 1
      continue
    }
    const name = partNames.find((each) => pattern.startsWith(each, at))
    const part = name === undefined ? undefined : dateParts[name]
    parts.push(part ?? (pattern[at] as string))
    at += name?.length ?? 1
  }
  return parts
}

function formatSql(wall: Fragment, pattern: Value | undefined): Fragment {
  const parts = readPattern(String(pattern)).map((part) =>
    typeof part === 'string' ? bound(part, 'text') : part.sql(wall),
  )
  return code`(${list(parts, ' || ')})`
}

function format(wall: number, pattern: string): string {
  return readPattern(pattern)
    .map((part) => (typeof part === 'string' ? part : part.text(wall)))
    .join('')
}

const formatDay = defineFunction({
  name: 'FORMAT_DATE',
  group,
  summary:
    'The date in a pattern of YYYY YY MMMM MMM MM M DD D dddd ddd Q HH H hh h mm ss A a; other characters stand for themselves, words in [brackets] too. Names are English.',
  parameters: [parameter('date', 'date'), literal('pattern', 'text')],
  result: 'text',
  sql: ([date], { literals }) => formatSql(code`${date}::timestamp`, literals[1]),
  evaluate: ([date, pattern]) => format(date * dayMs, pattern),
  examples: [
    { formula: 'FORMAT_DATE(DATE(2026, 4, 5), "D MMM YYYY")', result: '5 Apr 2026' },
    { formula: 'FORMAT_DATE(DATE(2026, 4, 5), "[on] dddd DD/MM/YY")', result: 'on Sunday 05/04/26' },
  ],
})

const formatMoment = defineFunction({
  name: 'FORMAT_DATE',
  group,
  summary: 'The moment in a pattern, in the time zone of the org.',
  parameters: [parameter('moment', 'datetime'), literal('pattern', 'text')],
  result: 'text',
  usesMoment: true,
  sql: ([moment], { literals, ...call }) => formatSql(wallClockSql(moment, call), literals[1]),
  evaluate: ([moment, pattern], { timeZone }) => format(wallClock(moment, timeZone), pattern),
  examples: [{ formula: 'FORMAT_DATE(NOW(), "YYYY-MM-DD h:mm a")', result: '2026-04-15 10:30 am' }],
})

function nameOf(
  name: string,
  part: 'MMMM' | 'dddd',
  summary: string,
  example: { readonly formula: string; readonly result: string },
) {
  const names = dateParts[part]
  return defineFunction({
    name,
    group,
    summary,
    parameters: [parameter('date', 'date')],
    result: 'text',
    neverEmpty: true,
    sql: ([date]) => names?.sql(date) ?? raw('null::text'),
    evaluate: ([date]) => names?.text(date * dayMs) ?? null,
    examples: [example],
  })
}

/** Spellings that PARSE_DATE knows; the order of day, month and year must be said. ASCII alone, the same on both sides. */
const spellings = {
  ymd: { pattern: '^ *([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?:[T ][^a-z]*)?$', places: [1, 2, 3] },
  dmy: { pattern: '^ *([0-9]{1,2})[-./ ]([0-9]{1,2})[-./ ]([0-9]{4})(?:[T ,][^a-z]*)?$', places: [3, 2, 1] },
  mdy: { pattern: '^ *([0-9]{1,2})[-./ ]([0-9]{1,2})[-./ ]([0-9]{4})(?:[T ,][^a-z]*)?$', places: [3, 1, 2] },
} as const
const expressions = {
  ymd: new RegExp(spellings.ymd.pattern),
  dmy: new RegExp(spellings.dmy.pattern),
  mdy: new RegExp(spellings.mdy.pattern),
} as const

function spellingOf(order: unknown): keyof typeof spellings {
  const name = String(order ?? 'ymd').toLowerCase()
  return name === 'dmy' || name === 'mdy' ? name : 'ymd'
}

const parseDate = defineFunction({
  name: 'PARSE_DATE',
  group,
  aliases: ['DATEVALUE'],
  summary:
    'Reads a date from text: "2026-01-31", or with the order "dmy" 31.1.2026 and with "mdy" 1/31/2026. A time behind it is passed over.',
  parameters: [parameter('text', 'text'), { ...literal('order', 'text', ['ymd', 'dmy', 'mdy']), optional: true }],
  result: 'date',
  bounded: true,
  sql: ([text], call) => {
    const { pattern, places } = spellings[spellingOf(call.literals[1])]
    const match = call.let(code`regexp_match(${text}, ${raw(`'${pattern}'`)})`)
    const part = (place: number) => code`(${match})[${raw(String(place))}]::int`
    const [year, month, day] = [part(places[0]), part(places[1]), part(places[2])]
    const first = call.let(
      code`make_date(case when ${year} > 0 then ${year} end, case when ${month} between 1 and 12 then ${month} end, 1)`,
    )
    const lastDay = code`date_part('day', ${first} + interval '1 month' - interval '1 day')`
    const found = call.let(code`case when ${day} between 1 and ${lastDay} then ${first} + (${day} - 1) end`)
    return { value: found, error: errorWhen(code`${text} is not null and ${found} is null`, 'not-date') }
  },
  evaluate: ([text, order]) => {
    const spelling = spellingOf(order)
    const match = expressions[spelling].exec(text)
    const { places } = spellings[spelling]
    if (match === null) return notDate
    const [year = '', month = '', day = ''] = places.map((place) => match[place] ?? '')
    return readDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`) ?? notDate
  },
  examples: [
    { formula: 'PARSE_DATE("2026-01-31")', result: '2026-01-31' },
    { formula: 'PARSE_DATE("31.1.2026", "dmy")', result: '2026-01-31' },
    { formula: 'PARSE_DATE("1/31/2026 10:30", "mdy")', result: '2026-01-31' },
    { formula: 'PARSE_DATE("2026-02-30")', result: '#VALUE!' },
  ],
})

const isoDate = defineFunction({
  name: 'ISO_DATE',
  group,
  summary: 'The date of a moment by UTC, as 2026-01-31.',
  parameters: [parameter('moment', 'datetime')],
  result: 'text',
  neverEmpty: true,
  sql: ([moment]) => code`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD')`,
  evaluate: ([moment]) => isoDay(dayAt(moment, 'UTC')),
  examples: [{ formula: 'ISO_DATE(DATETIME(2026, 4, 15, 1))', result: '2026-04-14' }],
})

export const dateTextFunctions: readonly FormulaFunction[] = [
  formatDay,
  formatMoment,
  nameOf('MONTH_NAME', 'MMMM', 'The English name of the month.', {
    formula: 'MONTH_NAME("2026-04-15")',
    result: 'April',
  }),
  nameOf('WEEKDAY_NAME', 'dddd', 'The English name of the day of the week.', {
    formula: 'WEEKDAY_NAME("2026-04-15")',
    result: 'Wednesday',
  }),
  parseDate,
  isoDate,
]
