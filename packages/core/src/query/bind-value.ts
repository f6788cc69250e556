import { type RawBuilder, sql } from 'kysely'
import { OpsError } from '../errors/ops-error.ts'
import { fromIsoDate, isCalendarDate } from '../values/calendar-date.ts'
import type { Scalar } from '../values/predicate.ts'
import { textFault } from './json-bounds.ts'

/** Types under which single values are bound. */
export type BoundType = 'text' | 'numeric' | 'boolean' | 'date' | 'timestamptz' | 'int' | 'int[]' | 'bigint'

/**
 * Whether PostgreSQL reads `text` as a value of the type without raising. Every bound text is checked, so that neither
 * a plugin's operator nor a forged cursor can make a statement fail.
 */
export function isBindable(type: BoundType, text: string): boolean {
  switch (type) {
    case 'text':
      return textFault(text) === null
    case 'numeric':
      return numericText.test(text) && Math.abs(Number(/e(.*)$/i.exec(text)?.[1] ?? 0)) <= 1000
    case 'boolean':
      return text === 'true' || text === 'false'
    case 'date':
      return isDate(text)
    case 'timestamptz':
      return isTimestamp(text)
    case 'int':
      return isInteger(text, 2147483647n)
    case 'bigint':
      return isInteger(text, 9223372036854775807n)
    case 'int[]':
      return /^\{-?\d{1,9}(,-?\d{1,9}){0,9999}\}$/.test(text)
    default:
      return type satisfies never
  }
}

/** One value as a bound parameter with an explicit cast, so that its type never depends on where it stands. */
export function bindValue(type: BoundType, value: Scalar): RawBuilder<unknown> {
  return sql`${boundText(type, value)}${sql.raw(castOf[type])}`
}

/** Several values as one bound array, for `= any(…)`. */
export function bindValues(type: BoundType, values: readonly Scalar[]): RawBuilder<unknown> {
  return sql`${values.map((value) => boundText(type, value))}${sql.raw(castOf[type])}[]`
}

const castOf = {
  text: '::text',
  numeric: '::numeric',
  boolean: '::boolean',
  date: '::date',
  timestamptz: '::timestamptz',
  int: '::int',
  'int[]': '::int[]',
  bigint: '::bigint',
} as const satisfies Record<BoundType, string>

function boundText(type: BoundType, value: Scalar): string | boolean {
  if (type === 'boolean' && typeof value === 'boolean') return value
  const text = String(value)
  if (isBindable(type, text)) return type === 'boolean' ? text === 'true' : text
  throw new OpsError('INTERNAL', `A filter operator compared a ${type} cell with something that is not ${type}.`)
}

const numericText = /^[+-]?(\d{1,1000}(\.\d{0,1000})?|\.\d{1,1000})(e[+-]?\d{1,4})?$/i
const dateText = /^\d{4}-\d{2}-\d{2}$/
const timestampText =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)$/

function isDate(text: string): boolean {
  return dateText.test(text) && isCalendarDate(fromIsoDate(text))
}

function isTimestamp(text: string): boolean {
  const [, date] = timestampText.exec(text) ?? []
  return date !== undefined && isDate(date)
}

function isInteger(text: string, max: bigint): boolean {
  if (!/^-?\d{1,19}$/.test(text)) return false
  const value = BigInt(text)
  return value <= max && value >= -max
}
