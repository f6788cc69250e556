import { dayNumber, fromDayNumber, weekday } from '../../values/calendar-date.ts'
import { wallClock } from '../date-value.ts'
import { defineFunction, type FormulaFunction, type FunctionExample, parameter } from '../formula-function.ts'
import { code, raw } from '../fragment.ts'
import { wallClockSql } from '../time-fragment.ts'

const group = 'dates'

function datePart(
  name: string,
  field: string,
  summary: string,
  evaluate: (day: number) => number,
  examples: readonly FunctionExample[],
) {
  return defineFunction({
    name,
    group,
    summary,
    parameters: [parameter('date', 'date')],
    result: 'number',
    bounded: true,
    sql: ([date]) => code`date_part(${raw(`'${field}'`)}, ${date})`,
    evaluate: ([date]) => evaluate(date),
    examples,
  })
}

function timePart(name: string, field: string, summary: string, unit: number, size: number, example: FunctionExample) {
  return defineFunction({
    name,
    group,
    summary: `${summary}, in the time zone of the org.`,
    parameters: [parameter('moment', 'datetime')],
    result: 'number',
    bounded: true,
    usesMoment: true,
    sql: ([moment], call) => code`floor(date_part(${raw(`'${field}'`)}, ${wallClockSql(moment, call)}))`,
    evaluate: ([moment], { timeZone }) => {
      const count = Math.floor(wallClock(moment, timeZone) / unit)
      return ((count % size) + size) % size
    },
    examples: [example],
  })
}

function durationIn(name: string, seconds: number, summary: string, example: FunctionExample) {
  return defineFunction({
    name,
    group,
    summary,
    parameters: [parameter('duration', 'duration')],
    result: 'number',
    sql: ([duration]) => code`(${duration} / ${seconds})`,
    evaluate: ([duration]) => duration / seconds,
    examples: [example],
  })
}

/** ISO 8601: the week that holds the Thursday. */
function isoWeek(day: number): number {
  const thursday = day - weekday(fromDayNumber(day)) + 4
  const { year } = fromDayNumber(thursday)
  return 1 + Math.floor((thursday - dayNumber({ year, month: 1, day: 1 })) / 7)
}

const isWeekend = defineFunction({
  name: 'IS_WEEKEND',
  group,
  summary: 'Whether the day is a Saturday or a Sunday.',
  parameters: [parameter('date', 'date')],
  result: 'boolean',
  sql: ([date]) => code`(date_part('isodow', ${date}) > 5)`,
  evaluate: ([date]) => weekday(fromDayNumber(date)) > 5,
  examples: [{ formula: 'IS_WEEKEND(DATE(2026, 4, 18))', result: true }],
})

export const datePartFunctions: readonly FormulaFunction[] = [
  datePart('YEAR', 'year', 'The year of a date.', (day) => fromDayNumber(day).year, [
    { formula: 'YEAR("2026-04-15")', result: 2026 },
  ]),
  datePart('QUARTER', 'quarter', 'The quarter of a date, 1 to 4.', (day) => Math.ceil(fromDayNumber(day).month / 3), [
    { formula: 'QUARTER("2026-04-15")', result: 2 },
  ]),
  datePart('MONTH', 'month', 'The month of a date, 1 to 12.', (day) => fromDayNumber(day).month, [
    { formula: 'MONTH("2026-04-15")', result: 4 },
  ]),
  datePart('WEEK', 'week', 'The week of the year (ISO 8601: weeks begin on Monday, week 1 holds 4 January).', isoWeek, [
    { formula: 'WEEK("2027-01-03")', result: 53 },
    { formula: 'WEEK("2026-04-15")', result: 16 },
  ]),
  datePart('DAY', 'day', 'The day of the month, 1 to 31.', (day) => fromDayNumber(day).day, [
    { formula: 'DAY("2026-04-15")', result: 15 },
  ]),
  datePart(
    'WEEKDAY',
    'isodow',
    'The day of the week, 1 for Monday to 7 for Sunday.',
    (day) => weekday(fromDayNumber(day)),
    [{ formula: 'WEEKDAY("2026-04-15")', result: 3 }],
  ),
  datePart(
    'YEARDAY',
    'doy',
    'The day of the year, 1 to 366.',
    (day) => day - dayNumber({ year: fromDayNumber(day).year, month: 1, day: 1 }) + 1,
    [{ formula: 'YEARDAY("2026-12-31")', result: 365 }],
  ),
  timePart('HOUR', 'hour', 'The hour of a moment, 0 to 23', 3_600_000, 24, {
    formula: 'HOUR(DATETIME(2026, 4, 15, 10, 30))',
    result: 10,
  }),
  timePart('MINUTE', 'minute', 'The minute of a moment, 0 to 59', 60_000, 60, {
    formula: 'MINUTE(DATETIME(2026, 4, 15, 10, 30))',
    result: 30,
  }),
  timePart('SECOND', 'second', 'The second of a moment, 0 to 59', 1_000, 60, {
    formula: 'SECOND(DATETIME(2026, 4, 15, 10, 30, 20.5))',
    result: 20,
  }),
  isWeekend,
  durationIn('DAYS', 86_400, 'A duration in days of 24 hours.', { formula: 'DAYS(DURATION(36))', result: 1.5 }),
  durationIn('HOURS', 3_600, 'A duration in hours.', { formula: 'HOURS(DURATION(1, 30))', result: 1.5 }),
  durationIn('MINUTES', 60, 'A duration in minutes.', { formula: 'MINUTES(DURATION(1, 30))', result: 90 }),
  durationIn('SECONDS', 1, 'A duration in seconds.', { formula: 'SECONDS(DURATION(0, 1))', result: 60 }),
]
