import { errorWhen } from '../error-fragment.ts'
import { type Rounding, roundPlaces } from '../float-digits.ts'
import { formulaError } from '../formula-error.ts'
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
    sql: ([value, places], call) => {
      const exact = sql(numericSql(value), places === undefined ? raw('0') : placesSql(places), call)
      const known = places === undefined ? 0 : call.literals[1]
      const rounded = kind === 'half' && typeof known === 'number' ? halfSql(value, placesOf(known), exact) : exact
      return ofNumeric(code`trim_scale(${rounded})`)
    },
    evaluate: ([value, places]) => roundPlaces(value, placesOf(places ?? 0), kind),
    examples,
  })
}

/** Numbers that `roundPlaces` rounds without a look at their digits have at most so many before the point, once scaled. */
const scaledDigits = 12

/**
 * Far from a tie, the nearest multiple is the same before and after rounding to 15 digits, and finding it takes less than
 * half the time of turning a float8 into its digits.
 */
function halfSql(value: Fragment, places: number, exact: Fragment): Fragment {
  if (value.rounded !== undefined || places < 0 || places > scaledDigits) return exact
  const scaled = places === 0 ? value : code`(${value} * ${raw(`1e${places}::float8`)})`
  const whole = code`${scaled}::int8::numeric`
  const rounded = places === 0 ? whole : code`${whole} * ${raw(`1e-${places}::numeric`)}`
  const isFar = code`abs(${value}) < ${raw(`1e${scaledDigits - places}::float8`)} and abs(${scaled} - round(${scaled})) < 0.499::float8`
  return code`(case when ${isFar} then ${rounded} else ${exact} end)`
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

export const roundingFunctions: readonly FormulaFunction[] = [
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
]
