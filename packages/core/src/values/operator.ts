import type * as z from 'zod'
import type { ValueContext } from './column-type.ts'
import type { Json } from './json.ts'
import type { Predicate } from './predicate.ts'

/** Which input a filter menu shows for an operator. */
export type OperandKind =
  | 'none'
  | 'value'
  | 'values'
  | 'range'
  | 'text'
  | 'pattern'
  | 'period'
  | 'span'
  | 'option'
  | 'options'
  | 'json'

/**
 * One thing a filter can ask of a cell.
 *
 * `operand` validates and normalises what the user typed against the column's settings (an option's name becomes its
 * id, a date phrase a date); its error messages are shown to users. `predicate` and `test` receive its output and must
 * agree for every value.
 */
export interface Operator<Settings = unknown, Value extends Json = Json, Operand = unknown> {
  /** `snake_case`: `is`, `is_not`, `contains`, `gt`, `within` … Stored in views, so never changed. */
  readonly id: string
  /** How a filter reads: "*Stage* **is any of** *Won, Lost*". */
  readonly label: string
  readonly operandKind: OperandKind
  readonly operand: (settings: Settings, context: ValueContext) => z.ZodType<Operand>
  readonly predicate: (operand: Operand, settings: Settings, context: ValueContext) => Predicate
  /** The same in TypeScript; `null` is an empty cell. */
  readonly test: (value: Value | null, operand: Operand, settings: Settings, context: ValueContext) => boolean
}

/** An operator whose operand type does not matter to the reader. */
// biome-ignore lint/suspicious/noExplicitAny: Operand is invariant; only `any` accepts every operator
export type AnyOperator<Settings, Value extends Json> = Operator<Settings, Value, any>

/** Infers the operand's type from `operand`. */
export function defineOperator<Settings, Value extends Json, Operand>(
  operator: Operator<Settings, Value, Operand>,
): Operator<Settings, Value, Operand> {
  return Object.freeze(operator)
}
