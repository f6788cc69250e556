import { unitText } from '../../values/duration-text.ts'
import { dayAt, isoDay, startOfDay, wallClock } from '../date-value.ts'
import { numberText, round15 } from '../float-digits.ts'
import { defineFunction, parameter } from '../formula-function.ts'
import { code, numericSql } from '../fragment.ts'
import { fromWallClockSql, wallClockSql } from '../time-fragment.ts'

const textOfText = defineFunction({
  name: 'TEXT',
  group: 'text',
  summary: 'The value as text. Numbers have no grouping, dates read 2026-01-31, moments 2026-01-31 13:30.',
  parameters: [parameter('value', 'text')],
  result: 'text',
  sql: ([value]) => value,
  evaluate: ([value]) => value,
  examples: [
    { formula: 'TEXT(0.1 + 0.2)', result: '0.3' },
    { formula: 'TEXT(DATE(2026, 1, 31))', result: '2026-01-31' },
    { formula: 'TEXT(DURATION(1, 30)) & "!"', result: '1h 30m!' },
    { formula: 'TEXT(1 = 1)', result: 'true' },
  ],
})

const textOfNumber = defineFunction({
  name: 'TEXT',
  group: 'text',
  summary: 'A number as text.',
  parameters: [parameter('value', 'number')],
  result: 'text',
  neverEmpty: true,
  sql: ([value]) => code`${numericSql(value)}::text`,
  evaluate: ([value]) => numberText(value),
  examples: [{ formula: 'TEXT(1e20)', result: '100000000000000000000' }],
})

const textOfBoolean = defineFunction({
  name: 'TEXT',
  group: 'text',
  summary: 'true or false.',
  parameters: [parameter('value', 'boolean')],
  result: 'text',
  neverEmpty: true,
  sql: ([value]) => code`case when ${value} then 'true' when not ${value} then 'false' end`,
  evaluate: ([value]) => String(value),
  examples: [{ formula: 'TEXT(FALSE)', result: 'false' }],
})

const textOfDate = defineFunction({
  name: 'TEXT',
  group: 'text',
  summary: 'The day as 2026-01-31.',
  parameters: [parameter('value', 'date')],
  result: 'text',
  neverEmpty: true,
  sql: ([value]) => code`to_char(${value}, 'YYYY-MM-DD')`,
  evaluate: ([value]) => isoDay(value),
  examples: [{ formula: 'TEXT(DATE(12, 3, 4))', result: '0012-03-04' }],
})

const textOfMoment = defineFunction({
  name: 'TEXT',
  group: 'text',
  summary: 'The moment as 2026-01-31 13:30, in the time zone of the org.',
  parameters: [parameter('value', 'datetime')],
  result: 'text',
  neverEmpty: true,
  usesMoment: true,
  sql: ([value], call) => code`to_char(${wallClockSql(value, call)}, 'YYYY-MM-DD HH24:MI')`,
  evaluate: ([value], { timeZone }) =>
    new Date(wallClock(value, timeZone)).toISOString().slice(0, 16).replace('T', ' '),
  examples: [{ formula: 'TEXT(DATETIME(2026, 1, 31, 13, 30))', result: '2026-01-31 13:30' }],
})

const textOfDuration = defineFunction({
  name: 'TEXT',
  group: 'text',
  summary: 'The duration as 1h 30m.',
  parameters: [parameter('value', 'duration')],
  result: 'text',
  neverEmpty: true,
  sql: ([value], call) => {
    const size = call.let(code`abs(${numericSql(value)})`)
    const hours = code`div(${size}, 3600)`
    const minutes = code`mod(div(${size}, 60), 60)`
    const seconds = code`trim_scale(mod(${size}, 60))`
    return code`case when ${value} < 0 then '-' when ${value} >= 0 then '' end || concat_ws(' ',
      case when ${hours} > 0 then ${hours}::text || 'h' end,
      case when ${minutes} > 0 then ${minutes}::text || 'm' end,
      case when ${seconds} > 0 or ${size} < 60 then ${seconds}::text || 's' end)`
  },
  evaluate: ([value]) => unitText(round15(value)),
  examples: [
    { formula: 'TEXT(DURATION(0, 0, 90.5))', result: '1m 30.5s' },
    { formula: 'TEXT(-DURATION(26))', result: '-26h' },
  ],
})

/** TEXT, and what happens by itself where text is wanted. */
export const textOf = [textOfText, textOfNumber, textOfBoolean, textOfDate, textOfMoment, textOfDuration] as const

/** The beginning of a day, where a moment is wanted. */
export const momentOfDay = defineFunction({
  name: 'TODATETIME',
  group: 'dates',
  summary: 'The moment at which a day begins in the time zone of the org.',
  parameters: [parameter('date', 'date')],
  result: 'datetime',
  usesMoment: true,
  sql: ([date], call) => fromWallClockSql(code`${date}::timestamp`, call),
  evaluate: ([date], { timeZone }) => startOfDay(date, timeZone),
  examples: [{ formula: 'TODATETIME(DATE(2026, 1, 31))', result: '2026-01-30T23:00:00.000Z' }],
})

/** The day of a moment, where a date is wanted. */
export const dayOfMoment = defineFunction({
  name: 'TODATE',
  group: 'dates',
  summary: 'The day of a moment in the time zone of the org.',
  parameters: [parameter('moment', 'datetime')],
  result: 'date',
  usesMoment: true,
  sql: ([moment], call) => code`${wallClockSql(moment, call)}::date`,
  evaluate: ([moment], { timeZone }) => dayAt(moment, timeZone),
  examples: [{ formula: 'TODATE(DATETIME(2026, 1, 31, 23, 30))', result: '2026-01-31' }],
})
