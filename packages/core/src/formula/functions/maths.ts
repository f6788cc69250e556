import { errorWhen } from '../error-fragment.ts'
import { round12 } from '../float-digits.ts'
import { type FormulaError, formulaError } from '../formula-error.ts'
import { defineFunction, type FormulaFunction, parameter } from '../formula-function.ts'
import { code, raw } from '../fragment.ts'
import { largestLog, round12Sql } from './transcendents.ts'

const group = 'maths'

const notReal = formulaError('not-real')
const tooLarge = formulaError('too-large')
const dividedByZero = formulaError('divided-by-zero')

const abs = defineFunction({
  name: 'ABS',
  group,
  summary: 'The size of a number without its sign.',
  parameters: [parameter('number', 'number')],
  result: 'number',
  bounded: true,
  sql: ([value]) => code`abs(${value})`,
  evaluate: ([value]) => Math.abs(value),
  examples: [{ formula: 'ABS(-2.5)', result: 2.5 }],
})

const sign = defineFunction({
  name: 'SIGN',
  group,
  summary: '1 for a positive number, -1 for a negative one, 0 for zero.',
  parameters: [parameter('number', 'number')],
  result: 'number',
  bounded: true,
  sql: ([value]) => code`sign(${value})`,
  evaluate: ([value]) => Math.sign(value),
  examples: [{ formula: 'SIGN(-3)', result: -1 }],
})

const sqrt = defineFunction({
  name: 'SQRT',
  group,
  summary: 'The square root.',
  parameters: [parameter('number', 'number')],
  result: 'number',
  sql: ([value]) => ({
    value: code`sqrt(case when ${value} >= 0 then ${value} end)`,
    error: errorWhen(code`${value} < 0`, 'not-real'),
  }),
  evaluate: ([value]) => (value < 0 ? notReal : Math.sqrt(value)),
  examples: [
    { formula: 'SQRT(3)', result: 1.73205080756888 },
    { formula: 'SQRT(-1)', result: '#NUM!' },
  ],
})

/** More than this many units of a divisor are cut off without a remainder that means anything. */
const mostUnits = 1e15

const mod = defineFunction({
  name: 'MOD',
  group,
  summary: 'The remainder of a division, with the sign of the divisor. Also written a % b.',
  parameters: [parameter('number', 'number'), parameter('divisor', 'number')],
  result: 'number',
  sql: ([value, divisor], call) => {
    const units = call.let(code`floor(${value} / nullif(${divisor}, 0))`)
    return {
      value: code`(case when abs(${units}) < ${raw(String(mostUnits))} then ${value} - ${divisor} * ${units} end)`,
      error: code`case when ${divisor} = 0 then 1 when abs(${units}) >= ${raw(String(mostUnits))} then 3 end`,
    }
  },
  evaluate: ([value, divisor]): number | FormulaError => {
    if (divisor === 0) return dividedByZero
    const units = Math.floor(value / divisor)
    return Math.abs(units) < mostUnits ? value - divisor * units : notReal
  },
  examples: [
    { formula: 'MOD(7, 3)', result: 1 },
    { formula: 'MOD(-7, 3)', result: 2 },
    { formula: '7 % 3', result: 1 },
  ],
})

const quotient = defineFunction({
  name: 'QUOTIENT',
  group,
  summary: 'The whole part of a division.',
  parameters: [parameter('number', 'number'), parameter('divisor', 'number')],
  result: 'number',
  sql: ([value, divisor]) => ({
    value: code`trunc(${value} / nullif(${divisor}, 0))`,
    error: errorWhen(code`${divisor} = 0`, 'divided-by-zero'),
  }),
  evaluate: ([value, divisor]) => (divisor === 0 ? dividedByZero : Math.trunc(value / divisor)),
  examples: [{ formula: 'QUOTIENT(-7, 2)', result: -3 }],
})

const power = defineFunction({
  name: 'POWER',
  group,
  aliases: ['POW'],
  summary: 'A number to the power of another, with 12 digits. Also written a ^ b, from the left.',
  parameters: [parameter('base', 'number'), parameter('exponent', 'number')],
  result: 'number',
  sql: ([base, exponent], call) => {
    const size = call.let(code`${exponent} * ln(case when ${base} <> 0 then abs(${base}) end)`)
    const isReal = code`(${base} >= 0 or ${exponent} = trunc(${exponent})) and (${base} <> 0 or ${exponent} >= 0)`
    const kept = code`case when ${isReal} and coalesce(${size}, 0) between ${-largestLog} and ${largestLog} then ${base} end`
    return {
      value: code`(case when ${base} = 0 and ${exponent} > 0 or ${isReal} and ${size} < ${-largestLog} then 0 else ${round12Sql(code`power(${kept}, ${exponent})`)} end)`,
      error: code`case when ${base} = 0 and ${exponent} < 0 then 1 when not (${isReal}) then 3 when ${size} > ${largestLog} then 2 end`,
    }
  },
  evaluate: ([base, exponent]): number | FormulaError => {
    if (base === 0) return exponent < 0 ? dividedByZero : exponent > 0 ? 0 : 1
    if (base < 0 && !Number.isInteger(exponent)) return notReal
    const size = exponent * Math.log(Math.abs(base))
    if (size > largestLog) return tooLarge
    return size < -largestLog ? 0 : round12(base ** exponent)
  },
  examples: [
    { formula: '2 ^ 10', result: 1024 },
    { formula: '2 ^ 3 ^ 2', result: 64 },
    { formula: 'POWER(3, 0.5)', result: 1.73205080757 },
    { formula: 'POWER(-8, 0.5)', result: '#NUM!' },
    { formula: '10 ^ 200', result: '#NUM!' },
  ],
})

const clamp = defineFunction({
  name: 'CLAMP',
  group,
  summary: 'The number, moved to the nearer edge if it lies outside.',
  parameters: [parameter('number', 'number'), parameter('lowest', 'number'), parameter('highest', 'number')],
  result: 'number',
  bounded: true,
  sql: ([value, low, high]) =>
    code`(case when num_nulls(${value}, ${low}, ${high}) = 0 then least(${high}, greatest(${low}, ${value})) end)`,
  evaluate: ([value, low, high]) => Math.min(high, Math.max(low, value)),
  examples: [{ formula: 'CLAMP(120, 0, 100)', result: 100 }],
})

const change = defineFunction({
  name: 'PERCENT_CHANGE',
  group,
  summary: 'How much a number grew, as a share of the old one: 0.25 for 25 %.',
  parameters: [parameter('old', 'number'), parameter('new', 'number')],
  result: 'number',
  sql: ([before, after]) => ({
    value: code`((${after} - ${before}) / nullif(abs(${before}), 0))`,
    error: errorWhen(code`${before} = 0`, 'divided-by-zero'),
  }),
  evaluate: ([before, after]) => (before === 0 ? dividedByZero : (after - before) / Math.abs(before)),
  examples: [{ formula: 'PERCENT_CHANGE(80, 100)', result: 0.25 }],
})

export const mathsFunctions: readonly FormulaFunction[] = [abs, sign, mod, quotient, power, sqrt, clamp, change]
