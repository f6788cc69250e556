import { comparableSql, comparisonOf } from '../compare-values.ts'
import { isDayNumber, isMoment } from '../date-value.ts'
import { errorWhen } from '../error-fragment.ts'
import { formulaError } from '../formula-error.ts'
import { defineFunction, type FormulaFunction, type FunctionExample, parameter } from '../formula-function.ts'
import { code, type Fragment, list } from '../fragment.ts'
import {
  dateOfDaysSql,
  dayNumberSql,
  momentMsSql,
  momentOfMsSql,
  outsideDaysSql,
  outsideMomentsSql,
} from '../time-fragment.ts'

const group = 'operators'
const dividedByZero = formulaError('divided-by-zero')
const dateRange = formulaError('date-range')

/**
 * A number that no sum of it and another one leaves the bounds with: it is lost in 1e100, whose neighbours lie 1e84 away,
 * and what is left of it beside a number of nearly its size is 0 or 1e-97 at least.
 */
function isOrdinary(value: unknown): boolean {
  const size = Math.abs(Number(value))
  return typeof value === 'number' && size >= 1e-80 && size <= 1e80
}

const addNumbers = defineFunction({
  name: '+',
  group,
  summary: 'The sum. A blank number makes it blank; SUM leaves blanks out.',
  parameters: [parameter('a', 'number'), parameter('b', 'number')],
  rest: [parameter('c', 'number')],
  result: 'number',
  bounded: ({ literals }) => literals.length === 2 && literals.some(isOrdinary),
  sql: (args) => code`(${list(args, ' + ')})`,
  evaluate: (args) => {
    let sum = args[0]
    for (let i = 1; i < args.length; i++) sum += args[i] ?? 0
    return sum
  },
  examples: [
    { formula: '0.1 + 0.2', result: 0.3 },
    { formula: '1 - 2 - 3', result: -4 },
    { formula: '1 + BLANK()', result: null },
  ],
})

const addDurations = defineFunction({
  name: '+',
  group,
  summary: 'The sum of durations.',
  parameters: [parameter('a', 'duration'), parameter('b', 'duration')],
  rest: [parameter('c', 'duration')],
  result: 'duration',
  sql: (args) => code`(${list(args, ' + ')})`,
  evaluate: (args) => {
    let sum = args[0]
    for (let i = 1; i < args.length; i++) sum += args[i] ?? 0
    return sum
  },
  examples: [{ formula: 'DURATION(1) + DURATION(0, 30)', result: 5400 }],
})

function addDays(name: '+' | '-', example: FunctionExample) {
  const sign = name === '+' ? 1 : -1
  const daysOf = (date: Fragment, days: Fragment) => code`(${dayNumberSql(date)} + ${sign} * trunc(${days}))`
  return defineFunction({
    name,
    group,
    summary: name === '+' ? 'The day so many days later; part of a day is cut off.' : 'The day so many days earlier.',
    parameters: [parameter('date', 'date'), parameter('days', 'number')],
    result: 'date',
    bounded: true,
    sql: ([date, days], call) => {
      const moved = call.let(daysOf(date, days))
      return { value: dateOfDaysSql(moved), error: errorWhen(outsideDaysSql(moved), 'date-range') }
    },
    evaluate: ([date, days]) => {
      const day = date + sign * Math.trunc(days)
      return isDayNumber(day) ? day : dateRange
    },
    examples: [example],
  })
}

function addTime(name: '+' | '-', example: FunctionExample) {
  const sign = name === '+' ? 1 : -1
  const msOf = (moment: Fragment, duration: Fragment) =>
    code`(${momentMsSql(moment)} + ${sign} * floor(${duration} * 1000 + 0.5))`
  return defineFunction({
    name,
    group,
    summary: name === '+' ? 'The moment so much later.' : 'The moment so much earlier.',
    parameters: [parameter('moment', 'datetime'), parameter('duration', 'duration')],
    result: 'datetime',
    bounded: true,
    sql: ([moment, duration], call) => {
      const ms = call.let(msOf(moment, duration))
      return { value: momentOfMsSql(ms), error: errorWhen(outsideMomentsSql(ms), 'date-range') }
    },
    evaluate: ([moment, duration]) => {
      const ms = moment + sign * Math.floor(duration * 1000 + 0.5)
      return isMoment(ms) ? ms : dateRange
    },
    examples: [example],
  })
}

const daysBetween = defineFunction({
  name: '-',
  group,
  summary: 'The days from one date to another.',
  parameters: [parameter('a', 'date'), parameter('b', 'date')],
  result: 'number',
  bounded: true,
  sql: ([a, b]) => code`(${a} - ${b})::float8`,
  evaluate: ([a, b]) => a - b,
  examples: [{ formula: 'DATE(2026, 3, 1) - DATE(2026, 2, 1)', result: 28 }],
})

const timeBetween = defineFunction({
  name: '-',
  group,
  summary: 'The time between two moments.',
  parameters: [parameter('a', 'datetime'), parameter('b', 'datetime')],
  result: 'duration',
  bounded: true,
  sql: ([a, b]) => code`((${momentMsSql(a)} - ${momentMsSql(b)}) / 1000)`,
  evaluate: ([a, b]) => (a - b) / 1000,
  examples: [{ formula: 'DATETIME(2026, 1, 2, 12) - DATETIME(2026, 1, 1, 11, 30)', result: 88200 }],
})

function negation(type: 'number' | 'duration', example: FunctionExample) {
  return defineFunction({
    name: 'minus',
    group,
    summary: 'The opposite.',
    parameters: [parameter('a', type)],
    result: type,
    bounded: true,
    sql: ([a]) => code`(- ${a})`,
    evaluate: ([a]) => -a,
    examples: [example],
  })
}

function affirmation(type: 'number' | 'duration') {
  return defineFunction({
    name: 'plus',
    group,
    summary: 'The same.',
    parameters: [parameter('a', type)],
    result: type,
    bounded: true,
    sql: ([a]) => a,
    evaluate: ([a]) => a,
    examples: [{ formula: type === 'number' ? '+3' : '+DURATION(1)', result: type === 'number' ? 3 : 3600 }],
  })
}

function product(a: 'number' | 'duration', b: 'number' | 'duration', example: FunctionExample) {
  return defineFunction({
    name: '*',
    group,
    summary: 'The product.',
    parameters: [parameter('a', a), parameter('b', b)],
    result: a === 'number' ? b : a,
    sql: ([x, y]) => code`(${x} * ${y})`,
    evaluate: ([x, y]) => x * y,
    examples: [example],
  })
}

function quotient(a: 'number' | 'duration', b: 'number' | 'duration', example: FunctionExample) {
  return defineFunction({
    name: '/',
    group,
    summary: 'The quotient; dividing by zero is `#DIV/0!`.',
    parameters: [parameter('a', a), parameter('b', b)],
    result: a === b ? 'number' : a,
    sql: ([x, y]) => ({
      value: code`(${x} / nullif(${y}, 0))`,
      error: errorWhen(code`${y} = 0`, 'divided-by-zero'),
      nullOnError: true,
    }),
    evaluate: ([x, y]) => (y === 0 ? dividedByZero : x / y),
    examples: [example],
  })
}

const percent = defineFunction({
  name: 'percent',
  group,
  summary: 'A hundredth.',
  parameters: [parameter('a', 'number')],
  result: 'number',
  sql: ([a]) => code`(${a} / 100)`,
  evaluate: ([a]) => a / 100,
  examples: [{ formula: '200 * 15%', result: 30 }],
})

function equality(name: '=' | '<>', examples: readonly FunctionExample[]) {
  const operator = name === '=' ? code`is not distinct from` : code`is distinct from`
  return defineFunction({
    name,
    group,
    summary:
      name === '='
        ? 'Whether two values are the same. Texts differ by case; two blanks are the same; "" is blank.'
        : 'Whether two values differ.',
    parameters: [parameter('a', 'S'), parameter('b', 'S')],
    result: 'boolean',
    allows: [
      'text',
      'number',
      'boolean',
      'date',
      'datetime',
      'duration',
      'list<text>',
      'list<number>',
      'list<boolean>',
      'list<date>',
      'list<datetime>',
      'list<duration>',
    ],
    seesBlanks: true,
    sql: ([a, b], { S }) => code`(${comparableSql(a, S)} ${operator} ${comparableSql(b, S)})`,
    evaluate: ([a, b], _, { S }) => {
      const equal = a === null || b === null ? a === b : a === b || comparisonOf(S)(a, b) === 0
      return equal === (name === '=')
    },
    examples,
  })
}

function order(name: '<' | '<=' | '>' | '>=', holds: (order: number) => boolean, example: FunctionExample) {
  const operators = { '<': code`<`, '<=': code`<=`, '>': code`>`, '>=': code`>=` }
  return defineFunction({
    name,
    group,
    summary: 'Compares two values of one type; a blank is neither less nor more than anything.',
    parameters: [parameter('a', 'S'), parameter('b', 'S')],
    result: 'boolean',
    allows: ['text', 'number', 'date', 'datetime', 'duration'],
    seesBlanks: true,
    sql: ([a, b], { S }) => code`coalesce(${comparableSql(a, S)} ${operators[name]} ${comparableSql(b, S)}, false)`,
    evaluate: ([a, b], _, { S }) => a !== null && b !== null && holds(comparisonOf(S)(a, b)),
    examples: [example],
  })
}

/** What signs stand for. They are functions whose names cannot be called. */
export const operatorFunctions: readonly FormulaFunction[] = [
  addNumbers,
  addDurations,
  addDays('+', { formula: 'DATE(2026, 1, 31) + 1', result: '2026-02-01' }),
  addTime('+', { formula: 'DATETIME(2026, 1, 31, 9) + DURATION(1, 30)', result: '2026-01-31T09:30:00.000Z' }),
  daysBetween,
  timeBetween,
  addDays('-', { formula: 'DATE(2026, 3, 1) - 1', result: '2026-02-28' }),
  addTime('-', { formula: 'DATETIME(2026, 1, 31, 9) - DURATION(1, 30)', result: '2026-01-31T06:30:00.000Z' }),
  negation('number', { formula: '-2^2', result: 4 }),
  negation('duration', { formula: '-DURATION(1)', result: -3600 }),
  affirmation('number'),
  affirmation('duration'),
  product('number', 'number', { formula: '0.1 * 3', result: 0.3 }),
  product('duration', 'number', { formula: 'DURATION(1) * 1.5', result: 5400 }),
  product('number', 'duration', { formula: '2 * DURATION(0, 20)', result: 2400 }),
  quotient('number', 'number', { formula: '1 / 0', result: '#DIV/0!' }),
  quotient('duration', 'number', { formula: 'DURATION(1) / 4', result: 900 }),
  quotient('duration', 'duration', { formula: 'DURATION(1) / DURATION(0, 20)', result: 3 }),
  percent,
  equality('=', [
    { formula: '0.1 + 0.2 = 0.3', result: true },
    { formula: '"a" = "A"', result: false },
    { formula: 'BLANK() = ""', result: true },
  ]),
  equality('<>', [{ formula: '1 <> 2', result: true }]),
  order('<', (order) => order < 0, { formula: '"B" < "a"', result: true }),
  order('<=', (order) => order <= 0, { formula: 'DATE(2026, 1, 1) <= "2026-01-01"', result: true }),
  order('>', (order) => order > 0, { formula: 'BLANK() > 0', result: false }),
  order('>=', (order) => order >= 0, { formula: '2 >= 3', result: false }),
]
