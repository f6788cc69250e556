import type * as z from 'zod'
import type { AggregateId } from './aggregate.ts'
import type { Json } from './json.ts'
import type { AnyOperator } from './operator.ts'

/** How PostgreSQL keeps the cells of a column. */
export type Storage = 'text' | 'numeric' | 'boolean' | 'date' | 'timestamptz' | 'text[]' | 'jsonb'

/** What parsing and formatting depend on beside the column's settings. */
export interface ValueContext {
  /** BCP 47 tag that decides decimal comma, date order and month names. @default 'en-US' */
  readonly locale: string
  /** IANA zone in which local dates and times are read and shown. @default 'UTC' */
  readonly timeZone: string
  /** The moment that relative input ("tomorrow", "last 7 days") counts from. */
  readonly now: Date
}

/** The outcome of reading one input. An input that means "nothing there" gives `value: null`. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value | null }
  /** `reason` completes the sentence "Could not read this as …:" for a user; it quotes at most 40 characters of the input. */
  | { readonly ok: false; readonly reason: string }

/** Documentation that is also a test: `input` parses to `value`, which formats as `text`; or is refused with `refused`. */
export type ValueExample<Settings, Value> = {
  readonly settings?: Settings
  readonly context?: Partial<ValueContext>
} & (
  | { readonly input: unknown; readonly value: Value | null; readonly text: string }
  | { readonly input: unknown; readonly refused: string }
)

/**
 * How rows are ordered by a column of the type, ascending; empty cells come last in both directions.
 * - `value`: by the stored value (numbers, dates, booleans; text by code point)
 * - `natural-text`: accents and case folded, digits by their number (see {@link sortKey})
 * - `option-order`: by the place of the option in the settings
 * - `none`: cannot be sorted
 */
export type SortOrder = 'value' | 'natural-text' | 'option-order' | 'none'

/**
 * A kind of column: what its cells hold and how they are read, shown, compared, filtered and summed up.
 *
 * One frozen object of plain functions without I/O; runs in the browser and on the server alike. Make one with
 * {@link defineColumnType}, which infers `Settings` and `Value`.
 *
 * `Value` is the stored form, equal to its JSON form: what `rows` return in `cells` and what the change log keeps.
 * An empty cell is always `null`; a type never produces `''` or `[]`.
 */
export interface ColumnType<Settings = unknown, Value extends Json = Json> {
  /** Lower-case words joined by `_`; plugins prefix theirs: `reoon.verification`. Stored, so never changed. */
  readonly id: string
  /** What users see in the column palette. */
  readonly label: string
  /** One sentence for the palette and the docs. */
  readonly description: string
  readonly storage: Storage
  /** Longest stored text, in bytes of UTF-8, where the type bounds it: an index can hold such cells whole. */
  readonly maxBytes?: number
  readonly sort: SortOrder
  /** Validates a column's settings; `parse({})` gives the defaults. Unknown keys are refused. */
  readonly settings: z.ZodType<Settings>
  /**
   * Reads any input: a stored value, a JSON value, or text as people and files write it. Forgiving, locale-aware.
   * Idempotent: `parse(value)` and `parse(format(value))` give `value` again unless the format itself drops digits.
   * Never throws.
   */
  readonly parse: (input: unknown, settings: Settings, context: ValueContext) => Parsed<Value>
  /** Text for people. */
  readonly format: (value: Value, settings: Settings, context: ValueContext) => string
  /** Text for a CSV file: exact, locale-free, and read back by `parse` as the same value. */
  readonly toCsv: (value: Value, settings: Settings) => string
  /** Negative, zero or positive, ascending; agrees with `sort`. */
  readonly compare: (a: Value, b: Value, settings: Settings) => number
  /** Filter operators, in the order of the menu. Ids are unique within the type. */
  readonly operators: readonly AnyOperator<Settings, Value>[]
  /** Which aggregates make sense, the menu's first entry being the default. */
  readonly aggregates: readonly AggregateId[]
  /** Whether a column of the type may be declared unique. */
  readonly canBeUnique: boolean
  readonly examples: readonly ValueExample<Settings, Value>[]
}

/** A column type whose type parameters do not matter to the reader. */
// biome-ignore lint/suspicious/noExplicitAny: Settings and Value are invariant; only `any` accepts every column type
export type AnyColumnType = ColumnType<any, any>

/** Checks and freezes a column type, inferring settings and value. */
export function defineColumnType<Settings, Value extends Json>(
  type: ColumnType<Settings, Value>,
): ColumnType<Settings, Value> {
  return Object.freeze(type)
}
