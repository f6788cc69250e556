import { dayNumber } from '../../values/calendar-date.ts'
import { dayAt, fromWallClock, isDayNumber, isMoment, isoDay } from '../date-value.ts'
import { errorWhen } from '../error-fragment.ts'
import { formulaError } from '../formula-error.ts'
import { defineFunction, type FormulaFunction, optional, parameter, type SqlCall } from '../formula-function.ts'
import { bound, code, type Fragment } from '../fragment.ts'
import {
  dateOfDaysSql,
  dayNumberSql,
  fromWallClockSql,
  momentMsSql,
  momentOfMsSql,
  outsideDaysSql,
  outsideMomentsSql,
  wallOfMsSql,
} from '../time-fragment.ts'

const group = 'dates'
const dateRange = formulaError('date-range')

const today = defineFunction({
  name: 'TODAY',
  group,
  summary: 'The current day in the time zone of the org. The column is refreshed every day.',
  parameters: [],
  result: 'date',
  bounded: true,
  volatile: 'day',
  sql: (_, { now, timeZone }) => bound(isoDay(dayAt(now, timeZone)), 'date'),
  evaluate: (_, { now, timeZone }) => dayAt(now, timeZone),
  examples: [{ formula: 'TODAY()', result: '2026-04-15' }],
})

const now = defineFunction({
  name: 'NOW',
  group,
  summary: 'The current moment. The column is refreshed every minute.',
  parameters: [],
  result: 'datetime',
  bounded: true,
  volatile: 'minute',
  sql: (_, call) => bound(new Date(call.now).toISOString(), 'timestamptz'),
  evaluate: (_, scope) => scope.now,
  examples: [{ formula: 'NOW()', result: '2026-04-15T08:30:20.000Z' }],
})

/** Days since 1970 of a year, month and day; months and days beyond the end roll over. `NaN` far outside. */
function rolledDay(year: number, month: number, day: number): number {
  const months = Math.trunc(year) * 12 + Math.trunc(month) - 1
  if (!(months >= 12 && months < 120_000)) return Number.NaN
  const first = dayNumber({ year: Math.floor(months / 12), month: 1 + (months % 12), day: 1 })
  return first + Math.trunc(day) - 1
}

function rolledDaySql(year: Fragment, month: Fragment, day: Fragment, call: SqlCall): Fragment {
  const months = call.let(code`(trunc(${year}) * 12 + trunc(${month}) - 1)`)
  const kept = call.let(code`(case when ${months} >= 12 and ${months} < 120000 then ${months} end)::int`)
  return code`(${dayNumberSql(code`make_date(${kept} / 12, 1 + ${kept} % 12, 1)`)} + trunc(${day}) - 1)`
}

const date = defineFunction({
  name: 'DATE',
  group,
  summary: 'The day of a year, month and day. A month 13 is the next January, a day 0 the last of the month before.',
  parameters: [parameter('year', 'number'), parameter('month', 'number'), parameter('day', 'number')],
  result: 'date',
  bounded: true,
  sql: ([year, month, day], call) => {
    const days = call.let(rolledDaySql(year, month, day, call))
    return {
      value: dateOfDaysSql(days),
      error: errorWhen(code`coalesce(${outsideDaysSql(days)}, true)`, 'date-range'),
    }
  },
  evaluate: ([year, month, day]) => {
    const days = rolledDay(year, month, day)
    return isDayNumber(days) ? days : dateRange
  },
  examples: [
    { formula: 'DATE(2026, 2, 28)', result: '2026-02-28' },
    { formula: 'DATE(2026, 13, 0)', result: '2026-12-31' },
    { formula: 'DATE(10000, 1, 1)', result: '#VALUE!' },
  ],
})

/** Milliseconds of a time of day, rounded to whole ones. */
const timeOf = (hour: number, minute: number, second: number) =>
  Math.trunc(hour) * 3_600_000 + Math.trunc(minute) * 60_000 + Math.floor(second * 1000 + 0.5)

const dateTime = defineFunction({
  name: 'DATETIME',
  group,
  summary: 'The moment at which clocks in the time zone of the org show this. Parts beyond their end roll over.',
  parameters: [
    parameter('year', 'number'),
    parameter('month', 'number'),
    parameter('day', 'number'),
    optional('hour', 'number'),
    optional('minute', 'number'),
    optional('second', 'number'),
  ],
  result: 'datetime',
  usesMoment: true,
  sql: ([year, month, day, hour = code`0`, minute = code`0`, second = code`0`], call) => {
    const days = rolledDaySql(year, month, day, call)
    const ms = call.let(
      code`(${days} * 86400000 + trunc(${hour}) * 3600000 + trunc(${minute}) * 60000 + floor(${second} * 1000 + 0.5))`,
    )
    return {
      value: fromWallClockSql(wallOfMsSql(ms), call),
      error: errorWhen(code`coalesce(${outsideMomentsSql(ms)}, true)`, 'date-range'),
    }
  },
  evaluate: ([year, month, day, hour = 0, minute = 0, second = 0], { timeZone }) => {
    const wall = rolledDay(year, month, day) * 86_400_000 + timeOf(hour, minute, second)
    return isMoment(wall) ? fromWallClock(wall, timeZone) : dateRange
  },
  examples: [
    { formula: 'DATETIME(2026, 4, 15, 10, 30)', result: '2026-04-15T08:30:00.000Z' },
    { formula: 'DATETIME(2025, 10, 26, 2, 30)', result: '2025-10-26T01:30:00.000Z' },
    { formula: 'DATETIME(2026, 3, 29, 2, 30)', result: '2026-03-29T01:30:00.000Z' },
  ],
})

const duration = defineFunction({
  name: 'DURATION',
  group,
  summary: 'A length of time in hours, minutes and seconds.',
  parameters: [parameter('hours', 'number'), optional('minutes', 'number'), optional('seconds', 'number')],
  result: 'duration',
  sql: ([hours, minutes = code`0`, seconds = code`0`]) => code`(${hours} * 3600 + ${minutes} * 60 + ${seconds})`,
  evaluate: ([hours, minutes = 0, seconds = 0]) => hours * 3600 + minutes * 60 + seconds,
  examples: [{ formula: 'DURATION(1, 30)', result: 5400 }],
})

const fromUnix = defineFunction({
  name: 'FROM_UNIX',
  group,
  summary: 'The moment so many seconds after 1970 began.',
  parameters: [parameter('seconds', 'number')],
  result: 'datetime',
  bounded: true,
  sql: ([seconds], call) => {
    const ms = call.let(code`floor(${seconds} * 1000 + 0.5)`)
    return { value: momentOfMsSql(ms), error: errorWhen(outsideMomentsSql(ms), 'date-range') }
  },
  evaluate: ([seconds]) => {
    const ms = Math.floor(seconds * 1000 + 0.5)
    return isMoment(ms) ? ms : dateRange
  },
  examples: [
    { formula: 'FROM_UNIX(1776241820)', result: '2026-04-15T08:30:20.000Z' },
    { formula: 'FROM_UNIX(1e15)', result: '#VALUE!' },
  ],
})

const toUnix = defineFunction({
  name: 'TO_UNIX',
  group,
  summary: 'Seconds since 1970 began.',
  parameters: [parameter('moment', 'datetime')],
  result: 'number',
  sql: ([moment]) => code`(${momentMsSql(moment)} / 1000)`,
  evaluate: ([moment]) => moment / 1000,
  examples: [{ formula: 'TO_UNIX(DATETIME(2026, 4, 15, 10, 30, 20))', result: 1776241820 }],
})

export const dateMakeFunctions: readonly FormulaFunction[] = [today, now, date, dateTime, duration, fromUnix, toUnix]
