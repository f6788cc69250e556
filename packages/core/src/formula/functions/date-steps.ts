import {
  addMonthsToDay,
  dayUnitNames,
  dayUnitOf,
  endOfUnit,
  monthsBetween,
  mostMonths,
  startOfUnit,
  timeUnitMs,
  timeUnitNames,
  unitLength,
} from '../date-units.ts'
import { dayAt, fromWallClock, isDayNumber, isMoment, wallClock } from '../date-value.ts'
import { errorWhen } from '../error-fragment.ts'
import { formulaError } from '../formula-error.ts'
import { defineComposition, defineFunction, type FormulaFunction, literal, parameter } from '../formula-function.ts'
import { code, type Fragment, raw } from '../fragment.ts'
import {
  dateOfDaysSql,
  dayNumberSql,
  fromWallClockSql,
  momentMsSql,
  momentOfMsSql,
  outsideDaysSql,
  outsideMomentsSql,
  wallClockSql,
} from '../time-fragment.ts'

const group = 'dates'
const dateRange = formulaError('date-range')
const dayMs = 86_400_000

/** Whole months that lead from the date to a month of the years 1 to 9999, else null. */
function monthsSql(date: Fragment, count: Fragment, each: number): Fragment {
  const months = code`(trunc(${count}) * ${each})`
  const target = code`date_part('year', ${date}) * 12 + date_part('month', ${date}) - 1 + ${months}`
  return code`(case when ${target} between 12 and 119999 then ${months} end)::int`
}

/** The day so many units later; `NaN` far outside the calendar. */
function movedDay(day: number, count: number, unit: unknown): number {
  const length = unitLength(dayUnitOf(unit))
  if ('days' in length) return day + Math.trunc(count) * length.days
  const months = Math.trunc(count) * length.months
  return Math.abs(months) <= mostMonths ? addMonthsToDay(day, months) : Number.NaN
}

/** Days since 1970 of a date so many units later; null far outside the calendar. */
function movedDaySql(date: Fragment, count: Fragment, unit: unknown): Fragment {
  const length = unitLength(dayUnitOf(unit))
  if ('days' in length) return code`(${dayNumberSql(date)} + trunc(${count}) * ${length.days})`
  return dayNumberSql(code`(${date} + make_interval(months => ${monthsSql(date, count, length.months)}))::date`)
}

const addToDate = defineFunction({
  name: 'DATEADD',
  group,
  summary:
    'The date or moment so many units later (earlier if negative): "days", "weeks", "months", "quarters", "years", for moments "hours", "minutes" and "seconds" too. A day that the month lacks becomes its last.',
  parameters: [parameter('date', 'date'), parameter('count', 'number'), literal('unit', 'text', dayUnitNames)],
  result: 'date',
  bounded: true,
  sql: ([date, count], call) => {
    const days = call.let(movedDaySql(date, count, call.literals[2]))
    return {
      value: dateOfDaysSql(days),
      error: errorWhen(code`coalesce(${outsideDaysSql(days)}, true)`, 'date-range'),
    }
  },
  evaluate: ([date, count, unit]) => {
    const day = movedDay(date, count, unit)
    return isDayNumber(day) ? day : dateRange
  },
  examples: [
    { formula: 'DATEADD(DATE(2026, 1, 31), 1, "month")', result: '2026-02-28' },
    { formula: 'DATEADD(DATE(2026, 4, 15), -2, "weeks")', result: '2026-04-01' },
    { formula: 'DATEADD(DATE(2026, 4, 15), 9000, "years")', result: '#VALUE!' },
  ],
})

const addDaysToMoment = defineFunction({
  name: 'DATEADD',
  group,
  summary: 'The moment so many days, weeks, months or years later, at the same time of day.',
  parameters: [parameter('moment', 'datetime'), parameter('count', 'number'), literal('unit', 'text', dayUnitNames)],
  result: 'datetime',
  usesMoment: true,
  sql: ([moment, count], call) => {
    const wall = call.let(wallClockSql(moment, call))
    const days = call.let(movedDaySql(code`${wall}::date`, count, call.literals[2]))
    return {
      value: fromWallClockSql(code`(${dateOfDaysSql(days)} + ${wall}::time)`, call),
      error: errorWhen(code`coalesce(${outsideDaysSql(days)}, true)`, 'date-range'),
    }
  },
  evaluate: ([moment, count, unit], { timeZone }) => {
    const day = dayAt(moment, timeZone)
    const moved = movedDay(day, count, unit)
    const time = wallClock(moment, timeZone) - day * dayMs
    return isDayNumber(moved) ? fromWallClock(moved * dayMs + time, timeZone) : dateRange
  },
  examples: [
    { formula: 'DATEADD(DATETIME(2026, 3, 28, 9), 1, "day")', result: '2026-03-29T07:00:00.000Z' },
    { formula: 'DATEADD(DATETIME(2026, 3, 28, 2, 30), 1, "day")', result: '2026-03-29T01:30:00.000Z' },
  ],
})

const addTimeToMoment = defineFunction({
  name: 'DATEADD',
  group,
  summary: 'The moment so many hours, minutes or seconds later.',
  parameters: [parameter('moment', 'datetime'), parameter('count', 'number'), literal('unit', 'text', timeUnitNames)],
  result: 'datetime',
  bounded: true,
  sql: ([moment, count], call) => {
    const ms = call.let(code`(${momentMsSql(moment)} + floor(${count} * ${timeUnitMs(call.literals[2])} + 0.5))`)
    return { value: momentOfMsSql(ms), error: errorWhen(outsideMomentsSql(ms), 'date-range') }
  },
  evaluate: ([moment, count, unit]) => {
    const ms = moment + Math.floor(count * timeUnitMs(unit) + 0.5)
    return isMoment(ms) ? ms : dateRange
  },
  examples: [{ formula: 'DATEADD(DATETIME(2026, 3, 29, 1, 30), 1.5, "hours")', result: '2026-03-29T02:00:00.000Z' }],
})

const diffOfDates = defineFunction({
  name: 'DATEDIF',
  group,
  aliases: ['DATEDIFF'],
  summary:
    'Complete units from one date to another, negative if it lies before: "days", "weeks", "months", "quarters", "years"; "hours", "minutes", "seconds" between moments.',
  parameters: [parameter('start', 'date'), parameter('end', 'date'), literal('unit', 'text', dayUnitNames)],
  result: 'number',
  bounded: true,
  sql: ([start, end], call) => {
    const length = unitLength(dayUnitOf(call.literals[2]))
    if ('days' in length) return code`trunc((${end} - ${start})::float8 / ${length.days})`
    const first = call.let(code`least(${start}, ${end})`)
    const last = call.let(code`greatest(${start}, ${end})`)
    const months = call.let(
      code`((date_part('year', ${last}) - date_part('year', ${first})) * 12 + date_part('month', ${last}) - date_part('month', ${first}))::int`,
    )
    const complete = code`(${months} - ((${first} + make_interval(months => ${months}))::date > ${last})::int)`
    // null if a date is blank, which LEAST and GREATEST would pass over
    return code`case when ${start} <= ${end} then 1 when ${start} > ${end} then -1 end * trunc(${complete}::float8 / ${length.months})`
  },
  evaluate: ([start, end, unit]) => {
    const length = unitLength(dayUnitOf(unit))
    if ('days' in length) return Math.trunc((end - start) / length.days)
    return Math.trunc(monthsBetween(start, end) / length.months)
  },
  examples: [
    { formula: 'DATEDIF(DATE(2026, 1, 31), DATE(2026, 2, 28), "months")', result: 1 },
    { formula: 'DATEDIF(DATE(2026, 4, 15), DATE(2025, 4, 16), "months")', result: -11 },
    { formula: 'DATEDIF("2026-04-01", "2026-04-15", "weeks")', result: 2 },
  ],
})

const diffOfMoments = defineFunction({
  name: 'DATEDIF',
  group,
  aliases: ['DATEDIFF'],
  summary: 'Complete hours, minutes or seconds between two moments.',
  parameters: [parameter('start', 'datetime'), parameter('end', 'datetime'), literal('unit', 'text', timeUnitNames)],
  result: 'number',
  bounded: true,
  sql: ([start, end], { literals }) =>
    code`trunc((${momentMsSql(end)} - ${momentMsSql(start)}) / ${timeUnitMs(literals[2])})`,
  evaluate: ([start, end, unit]) => Math.trunc((end - start) / timeUnitMs(unit)),
  examples: [{ formula: 'DATEDIF(DATETIME(2026, 3, 28, 12), DATETIME(2026, 3, 29, 12), "hours")', result: 23 }],
})

const startOf = defineFunction({
  name: 'STARTOF',
  group,
  summary: 'The first day of the "week" (Monday), "month", "quarter" or "year" that holds the date.',
  parameters: [parameter('date', 'date'), literal('unit', 'text', dayUnitNames)],
  result: 'date',
  bounded: true,
  sql: ([date], { literals }) => code`date_trunc(${raw(`'${dayUnitOf(literals[1])}'`)}, ${date}::timestamp)::date`,
  evaluate: ([date, unit]) => startOfUnit(date, dayUnitOf(unit)),
  examples: [
    { formula: 'STARTOF(DATE(2026, 4, 15), "week")', result: '2026-04-13' },
    { formula: 'STARTOF(DATE(2026, 5, 15), "quarter")', result: '2026-04-01' },
  ],
})

const startOfHour = defineFunction({
  name: 'STARTOF',
  group,
  summary: 'The beginning of the "hour", "minute" or "second" that holds the moment.',
  parameters: [parameter('moment', 'datetime'), literal('unit', 'text', timeUnitNames)],
  result: 'datetime',
  bounded: true,
  sql: ([moment], call) => {
    const unit = timeUnitMs(call.literals[1])
    return momentOfMsSql(call.let(code`(floor(${momentMsSql(moment)} / ${unit}) * ${unit})`))
  },
  evaluate: ([moment, unit]) => Math.floor(moment / timeUnitMs(unit)) * timeUnitMs(unit),
  examples: [{ formula: 'STARTOF(DATETIME(2026, 4, 15, 10, 30, 20), "hour")', result: '2026-04-15T08:00:00.000Z' }],
})

const endOf = defineFunction({
  name: 'ENDOF',
  group,
  summary: 'The last day of the "week" (Sunday), "month", "quarter" or "year" that holds the date.',
  parameters: [parameter('date', 'date'), literal('unit', 'text', dayUnitNames)],
  result: 'date',
  sql: ([date], { literals }) => {
    const unit = dayUnitOf(literals[1])
    const length = unitLength(unit)
    const start = code`date_trunc(${raw(`'${unit}'`)}, ${date}::timestamp)`
    const span = 'days' in length ? raw(`days => ${length.days}`) : raw(`months => ${length.months}`)
    return code`((${start} + make_interval(${span}))::date - 1)`
  },
  evaluate: ([date, unit]) => endOfUnit(date, dayUnitOf(unit)),
  examples: [
    { formula: 'ENDOF(DATE(2028, 2, 3), "month")', result: '2028-02-29' },
    { formula: 'ENDOF("2026-04-15", "year")', result: '2026-12-31' },
  ],
})

/** Monday is 0; weeks are counted from the Monday before 1970. */
const weekOf = (day: number) => Math.floor((day + 3) / 7)
const placeInWeek = (day: number) => day + 3 - weekOf(day) * 7

const workday = defineFunction({
  name: 'WORKDAY',
  group,
  summary: 'The day so many working days (Monday to Friday) later, or earlier if negative.',
  parameters: [parameter('date', 'date'), parameter('days', 'number')],
  result: 'date',
  bounded: true,
  sql: ([date, days], call) => {
    const day = dayNumberSql(date)
    const week = call.let(code`floor((${day} + 3) / 7.0::float8)`)
    const place = code`(${day} + 3 - ${week} * 7)`
    const from = call.let(
      code`(${week} * 5 + case when ${place} < 5 then ${place} when ${days} > 0 then 4 else 5 end + trunc(${days}))`,
    )
    const moved = code`(floor(${from} / 5) * 7 + ${from} - floor(${from} / 5) * 5 - 3)`
    const result = call.let(code`(case when trunc(${days}) = 0 then ${day} else ${moved} end)`)
    return { value: dateOfDaysSql(result), error: errorWhen(outsideDaysSql(result), 'date-range') }
  },
  evaluate: ([date, days]) => {
    const count = Math.trunc(days)
    if (count === 0) return date
    const place = placeInWeek(date)
    const from = weekOf(date) * 5 + (place < 5 ? place : count > 0 ? 4 : 5) + count
    const moved = Math.floor(from / 5) * 7 + from - Math.floor(from / 5) * 5 - 3
    return isDayNumber(moved) ? moved : dateRange
  },
  examples: [
    { formula: 'WORKDAY(DATE(2026, 4, 17), 1)', result: '2026-04-20' },
    { formula: 'WORKDAY(DATE(2026, 4, 18), -1)', result: '2026-04-17' },
  ],
})

/** Working days from 1970 up to and with a day. */
const workingDays = (day: number) => weekOf(day) * 5 + Math.min(5, placeInWeek(day) + 1)

const networkDays = defineFunction({
  name: 'NETWORKDAYS',
  group,
  aliases: ['WORKDAYS_BETWEEN'],
  summary: 'Working days (Monday to Friday) from one date to another, both counted; negative if it lies before.',
  parameters: [parameter('start', 'date'), parameter('end', 'date')],
  result: 'number',
  bounded: true,
  sql: ([start, end]) => {
    const count = (day: Fragment) => {
      const week = code`floor((${day} + 3) / 7.0::float8)`
      return code`(${week} * 5 + least(5, ${day} + 4 - ${week} * 7))`
    }
    const [from, to] = [dayNumberSql(start), dayNumberSql(end)]
    return code`case when ${start} <= ${end} then ${count(to)} - ${count(code`(${from} - 1)`)} when ${start} > ${end} then ${count(code`(${to} - 1)`)} - ${count(from)} end`
  },
  evaluate: ([start, end]) =>
    start <= end ? workingDays(end) - workingDays(start - 1) : workingDays(end - 1) - workingDays(start),
  examples: [
    { formula: 'NETWORKDAYS(DATE(2026, 4, 13), DATE(2026, 4, 19))', result: 5 },
    { formula: 'NETWORKDAYS(DATE(2026, 4, 20), DATE(2026, 4, 17))', result: -2 },
  ],
})

const age = defineComposition({
  name: 'AGE',
  group,
  summary: 'Complete years from a date until today, such as the age of a company.',
  parameters: [parameter('date', 'date')],
  formula: 'DATEDIF(@date, TODAY(), "years")',
  examples: [
    { formula: 'AGE("2000-04-15")', result: 26 },
    { formula: 'AGE("2000-04-16")', result: 25 },
  ],
})

export const dateStepFunctions: readonly FormulaFunction[] = [
  addToDate,
  addDaysToMoment,
  addTimeToMoment,
  diffOfDates,
  diffOfMoments,
  startOf,
  startOfHour,
  endOf,
  workday,
  networkDays,
  age,
]
