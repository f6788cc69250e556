import type { Json } from '../values/json.ts'
import type { AnyOperator } from '../values/operator.ts'
import type { Predicate } from '../values/predicate.ts'
import type { CellState } from './cell-state.ts'
import type { FormulaCondition } from './formula-condition.ts'
import type { GroupLevel } from './group-by.ts'
import type { GroupKey } from './group-key.ts'
import type { QueryColumn, QueryContext, QueryTable } from './query-table.ts'

/** A filter that was found to fit its table: nothing in it can fail any more. */
export interface CheckedFilter {
  readonly table: QueryTable
  readonly context: QueryContext
  readonly root: CheckedNode
}

export type CheckedNode =
  | { readonly kind: 'and'; readonly of: readonly CheckedNode[] }
  | { readonly kind: 'or'; readonly of: readonly CheckedNode[] }
  | { readonly kind: 'not'; readonly of: CheckedNode }
  /** What an operator asks of a cell. */
  | {
      readonly kind: 'cell'
      readonly column: QueryColumn
      readonly operator: AnyOperator<unknown, Json>
      readonly operand: unknown
      readonly predicate: Predicate
    }
  /** What a search asks of a cell. */
  | { readonly kind: 'predicate'; readonly column: QueryColumn; readonly predicate: Predicate }
  /** Whether a cell belongs to a group. */
  | { readonly kind: 'group'; readonly level: GroupLevel; readonly key: GroupKey }
  /** What a formula says of a row. */
  | { readonly kind: 'formula'; readonly condition: FormulaCondition }
  | {
      readonly kind: 'state'
      readonly column: QueryColumn
      readonly states: readonly CellState[]
      /** null for any. */
      readonly codes: readonly string[] | null
    }

/** The filter that every row satisfies. */
export function everyRow(table: QueryTable, context: QueryContext): CheckedFilter {
  return { table, context, root: { kind: 'and', of: [] } }
}

/** Whether every row of the table is asked for and may be seen. */
export function isEveryRow({ table, context, root }: CheckedFilter): boolean {
  return root.kind === 'and' && root.of.length === 0 && table.only?.(context) === undefined
}

/** The rows that satisfy all of the filters, which must be of one table: a view's, a user's, a group's. */
export function allOf(first: CheckedFilter, ...more: readonly CheckedFilter[]): CheckedFilter {
  const parts = [first, ...more]
    .map((filter) => filter.root)
    .filter((node) => node.kind !== 'and' || node.of.length > 0)
  const [only] = parts
  return { ...first, root: only !== undefined && parts.length === 1 ? only : { kind: 'and', of: parts } }
}
