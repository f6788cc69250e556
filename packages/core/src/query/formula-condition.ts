import type { RawBuilder } from 'kysely'
import type { Json } from '../values/json.ts'
import type { CheckedNode } from './checked-filter.ts'
import type { QueryContext } from './query-table.ts'

/** A formula as a condition on rows. */
export interface FormulaCondition {
  /** With columns by id, so that renames do not touch it. */
  readonly stored: string
  /** What holds of every row that it is true of, for indexes; null if nothing is known. */
  readonly implied: CheckedNode | null
  /** Over the table under the alias `t`; never null. */
  readonly sql: RawBuilder<boolean>
  /** The same for a row in memory; cells by column key. */
  readonly test: (cells: Readonly<Record<string, Json>>) => boolean
}

/** Reads the formulas of filters: given by the store, since filters are read before formulas are known. */
export interface FormulaConditions {
  /** The condition that a formula is; or why it is none, with the place in its text. */
  read(
    source: string,
    context: QueryContext,
  ): FormulaCondition | { readonly fault: string; readonly start: number; readonly end: number }
}
