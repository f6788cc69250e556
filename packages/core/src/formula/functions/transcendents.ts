import { errorWhen } from '../error-fragment.ts'
import { round12 } from '../float-digits.ts'
import { formulaError } from '../formula-error.ts'
import { defineFunction, type FormulaFunction, type FunctionExample, optional, parameter } from '../formula-function.ts'
import { code, type Fragment, raw } from '../fragment.ts'

const group = 'maths'
const notReal = formulaError('not-real')
const tooLarge = formulaError('too-large')

export const round12Sql = (value: Fragment) => code`to_char(${value}, '9.99999999999EEEE')::float8`

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
export const largestLog = 230

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

export const transcendentFunctions: readonly FormulaFunction[] = [
  exp,
  log,
  pi,
  inexact('LN', 'The natural logarithm, with 12 digits.', 'ln', Math.log, positive, [
    { formula: 'LN(0)', result: '#NUM!' },
  ]),
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
]
