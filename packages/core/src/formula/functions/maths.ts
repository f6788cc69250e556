import { errorWhen } from '../error-fragment.ts'
import { type Rounding, round12, roundPlaces } from '../float-digits.ts'
import { type FormulaError, formulaError } from '../formula-error.ts'
import {
  defineFunction,
  type FormulaFunction,
  type FunctionExample,
  optional,
  parameter,
  type SqlCall,
} from '../formula-function.ts'
import { code, type Fragment, numericSql, ofNumeric, raw } from '../fragment.ts'
import { wholeSql } from '../text-measures.ts'

const group = 'maths'
const notReal = formulaError('not-real')
const tooLarge = formulaError('too-large')
const dividedByZero = formulaError('divided-by-zero')

/** Places of a rounding: whole, -100 to 100. */
const placesOf = (places: number) => Math.max(-100, Math.min(100, Math.trunc(places)))
const placesSql = (places: Fragment) => wholeSql(places, -100, 100)

function rounding(
  name: string,
  kind: Rounding,
  summary: string,
  sql: (value: Fragment, places: Fragment, call: SqlCall) => Fragment,
  examples: readonly FunctionExample[],
) {
  return defineFunction({
    name,
    group,
    summary,
    parameters: [parameter('number', 'number'), optional('places', 'number')],
    result: 'number',
    bounded: true,
    sql: ([value, places], call) =>
      ofNumeric(code`trim_scale(${sql(numericSql(value), places === undefined ? raw('0') : placesSql(places), call)})`),
    evaluate: ([value, places]) => roundPlaces(value, placesOf(places ?? 0), kind),
    examples,
  })
}

/** A step away from zero, if something was cut off; `power(10, -31)` is 0 on PostgreSQL 15. */
const awaySql = (value: Fragment, places: Fragment, call: SqlCall) => {
  const cut = call.let(code`trunc(${value}, ${places})`)
  return code`(case when ${cut} = ${value} then ${cut} else ${cut} + sign(${value}) * ('1e' || (- ${places}))::numeric end)`
}

/** The multiple of a step at or below (or above) a number; both as they read with 15 digits. */
function multiple(name: 'CEILING' | 'FLOOR' | 'MROUND', summary: string, examples: readonly FunctionExample[]) {
  const whole = { CEILING: 'ceil', FLOOR: 'floor', MROUND: 'round' }[name]
  const kind = { CEILING: 'ceiling', FLOOR: 'floor', MROUND: 'half' } as const
  return defineFunction({
    name,
    group,
    ...(name === 'CEILING' ? { aliases: ['CEIL'] } : {}),
    summary,
    parameters: [parameter('number', 'number'), optional('step', 'number')],
    result: 'number',
    sql: ([value, step]) =>
      step === undefined
        ? code`${raw(whole)}(${numericSql(value)})::float8`
        : {
            value: code`(${raw(whole)}((${value} / nullif(${step}, 0))::numeric)::float8 * ${step})`,
            error: errorWhen(code`${step} = 0`, 'divided-by-zero'),
          },
    evaluate: ([value, step]) => {
      if (step === undefined) return roundPlaces(value, 0, kind[name])
      return step === 0 ? dividedByZero : roundPlaces(value / step, 0, kind[name]) * step
    },
    examples,
  })
}

const round12Sql = (value: Fragment) => code`to_char(${value}, '9.99999999999EEEE')::float8`

/** A function whose last digits differ between systems: 12 digits are kept. */
function inexact(
  name: string,
  summary: string,
  sql: string,
  evaluate: (value: number) => number,
  allowed: { readonly sql: (value: Fragment) => Fragment; readonly holds: (value: number) => boolean } | null,
  examples: readonly FunctionExample[],
) {
  return defineFunction({
    name,
    group,
    summary,
    parameters: [parameter('number', 'number')],
    result: 'number',
    sql: ([value]) => {
      if (allowed === null) return round12Sql(code`${raw(sql)}(${value})`)
      const kept = code`case when ${allowed.sql(value)} then ${value} end`
      return {
        value: round12Sql(code`${raw(sql)}(${kept})`),
        error: errorWhen(code`not (${allowed.sql(value)})`, 'not-real'),
      }
    },
    evaluate: ([value]) => {
      if (allowed !== null && !allowed.holds(value)) return notReal
      return round12(evaluate(value))
    },
    examples,
  })
}

const positive = { sql: (value: Fragment) => code`${value} > 0`, holds: (value: number) => value > 0 }
const sine = {
  sql: (value: Fragment) => code`${value} between -1 and 1`,
  holds: (value: number) => value >= -1 && value <= 1,
}
/** Beyond this, sines are noise. */
const angle = { sql: (value: Fragment) => code`abs(${value}) <= 1e6`, holds: (value: number) => Math.abs(value) <= 1e6 }
/** Natural logarithm of the largest number. */
const largestLog = 230

const exp = defineFunction({
  name: 'EXP',
  group,
  summary: 'e to the power of a number, with 12 digits.',
  parameters: [parameter('number', 'number')],
  result: 'number',
  sql: ([value]) => ({
    value: round12Sql(code`exp(case when ${value} <= ${largestLog} then greatest(${value}, -240) end)`),
    error: errorWhen(code`${value} > ${largestLog}`, 'too-large'),
  }),
  evaluate: ([value]) => (value > largestLog ? tooLarge : round12(Math.exp(Math.max(value, -240)))),
  examples: [
    { formula: 'EXP(2)', result: 7.38905609893 },
    { formula: 'EXP(1000)', result: '#NUM!' },
  ],
})

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

const log = defineFunction({
  name: 'LOG',
  group,
  summary: 'The logarithm to a base (10 unless given), with 12 digits.',
  parameters: [parameter('number', 'number'), optional('base', 'number')],
  result: 'number',
  sql: ([value, base]) => {
    const allowed = base === undefined ? code`${value} > 0` : code`${value} > 0 and ${base} > 0 and ${base} <> 1`
    const kept = code`case when ${allowed} then ${value} end`
    const log =
      base === undefined
        ? code`log(${kept})`
        : code`(ln(${kept}) / nullif(ln(case when ${allowed} then ${base} end), 0))`
    return { value: round12Sql(log), error: errorWhen(code`not (${allowed})`, 'not-real') }
  },
  evaluate: ([value, base]) => {
    if (value <= 0 || (base !== undefined && (base <= 0 || base === 1))) return notReal
    return round12(base === undefined ? Math.log10(value) : Math.log(value) / Math.log(base))
  },
  examples: [
    { formula: 'LOG(1000)', result: 3 },
    { formula: 'LOG(8, 2)', result: 3 },
  ],
})

const pi = defineFunction({
  name: 'PI',
  group,
  summary: 'The ratio of a circle to its diameter.',
  parameters: [],
  result: 'number',
  bounded: true,
  sql: () => code`${Math.PI}`,
  evaluate: () => Math.PI,
  examples: [{ formula: 'ROUND(PI(), 1)', result: 3.1 }],
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

function scaled(name: 'DEGREES' | 'RADIANS', summary: string, factor: number, example: FunctionExample) {
  return defineFunction({
    name,
    group,
    summary,
    parameters: [parameter('angle', 'number')],
    result: 'number',
    sql: ([value]) => code`(${value} * ${raw(String(factor))}::float8)`,
    evaluate: ([value]) => value * factor,
    examples: [example],
  })
}

const int = defineFunction({
  name: 'INT',
  group,
  summary: 'The whole number at or below.',
  parameters: [parameter('number', 'number')],
  result: 'number',
  bounded: true,
  sql: ([value]) => ofNumeric(code`floor(${numericSql(value)})`),
  evaluate: ([value]) => roundPlaces(value, 0, 'floor'),
  examples: [{ formula: 'INT(-1.5)', result: -2 }],
})

export const mathsFunctions: readonly FormulaFunction[] = [
  abs,
  sign,
  rounding(
    'ROUND',
    'half',
    'Rounds to so many places, halves away from zero; negative places round before the point.',
    (value, places) => code`round(${value}, ${places})`,
    [
      { formula: 'ROUND(2.675, 2)', result: 2.68 },
      { formula: 'ROUND(-2.5)', result: -3 },
      { formula: 'ROUND(1234, -2)', result: 1200 },
    ],
  ),
  rounding('ROUNDUP', 'up', 'Rounds away from zero.', awaySql, [{ formula: 'ROUNDUP(-1.21, 1)', result: -1.3 }]),
  rounding('ROUNDDOWN', 'down', 'Rounds towards zero.', (value, places) => code`trunc(${value}, ${places})`, [
    { formula: 'ROUNDDOWN(-1.29, 1)', result: -1.2 },
  ]),
  rounding(
    'TRUNC',
    'down',
    'Cuts off the places behind the given ones.',
    (value, places) => code`trunc(${value}, ${places})`,
    [{ formula: 'TRUNC(8.9)', result: 8 }],
  ),
  int,
  multiple('CEILING', 'The next multiple of a step (1 unless given) at or above.', [
    { formula: 'CEILING(4.1)', result: 5 },
    { formula: 'CEILING(42, 10)', result: 50 },
  ]),
  multiple('FLOOR', 'The next multiple of a step (1 unless given) at or below.', [
    { formula: 'FLOOR(49, 10)', result: 40 },
  ]),
  multiple('MROUND', 'The nearest multiple of a step (1 unless given).', [{ formula: 'MROUND(44, 10)', result: 40 }]),
  mod,
  quotient,
  power,
  sqrt,
  exp,
  inexact('LN', 'The natural logarithm, with 12 digits.', 'ln', Math.log, positive, [
    { formula: 'LN(0)', result: '#NUM!' },
  ]),
  log,
  pi,
  inexact('SIN', 'The sine of an angle in radians up to a million, with 12 digits.', 'sin', Math.sin, angle, [
    { formula: 'SIN(1)', result: 0.841470984808 },
  ]),
  inexact('COS', 'The cosine of an angle in radians up to a million, with 12 digits.', 'cos', Math.cos, angle, [
    { formula: 'COS(0)', result: 1 },
  ]),
  inexact('TAN', 'The tangent of an angle in radians up to a million, with 12 digits.', 'tan', Math.tan, angle, [
    { formula: 'TAN(1)', result: 1.55740772465 },
  ]),
  inexact('ASIN', 'The angle whose sine this is, with 12 digits.', 'asin', Math.asin, sine, [
    { formula: 'ASIN(2)', result: '#NUM!' },
  ]),
  inexact('ACOS', 'The angle whose cosine this is, with 12 digits.', 'acos', Math.acos, sine, [
    { formula: 'ACOS(0.5)', result: 1.0471975512 },
  ]),
  inexact('ATAN', 'The angle whose tangent this is, with 12 digits.', 'atan', Math.atan, null, [
    { formula: 'ATAN(1)', result: 0.785398163397 },
  ]),
  scaled('DEGREES', 'Radians in degrees.', 180 / Math.PI, { formula: 'ROUND(DEGREES(PI()))', result: 180 }),
  scaled('RADIANS', 'Degrees in radians.', Math.PI / 180, { formula: 'RADIANS(60)', result: 1.0471975511966 }),
  clamp,
  change,
]
