import type { Json } from '../values/json.ts'
import type { FormulaError } from './formula-error.ts'
import type { FormulaType, ListType, ScalarType } from './formula-type.ts'

/**
 * Values while a formula runs in TypeScript. Dates are days since 1970-01-01, moments milliseconds since 1970,
 * durations seconds. Blank is `null`; no value is ever `''`, `[]`, `NaN` or a list with blanks in it.
 */
interface ScalarValues {
  text: string
  number: number
  boolean: boolean
  date: number
  datetime: number
  duration: number
}

export type ScalarValue = string | number | boolean
export type ListValue = readonly ScalarValue[]
export type Value = ScalarValue | ListValue | Json | null
export type Result = Value | FormulaError

/** The TypeScript type of a formula type. */
export type ValueOf<Type extends FormulaType> = Type extends ScalarType
  ? ScalarValues[Type]
  : Type extends `list<${infer Element extends ScalarType}>`
    ? readonly ScalarValues[Element][]
    : Type extends ListType
      ? ListValue
      : Type extends 'json'
        ? Json
        : null
