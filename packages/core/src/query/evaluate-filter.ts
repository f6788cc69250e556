import type { Json } from '../values/json.ts'
import type { CellState } from './cell-state.ts'
import type { CheckedFilter, CheckedNode } from './checked-filter.ts'
import { evaluatePredicate } from './evaluate-predicate.ts'
import { isInGroup } from './group-key.ts'
import type { QueryContext } from './query-table.ts'

/** A row as the TypeScript back end of filters reads it. */
export interface FilterRow {
  /** Values by column key; an absent key is an empty cell. */
  readonly cells: Readonly<Record<string, Json>>
  /** States by column key: of computed cells, and `warning` of plain ones. Absent means `empty`, or no warning. */
  readonly states?: Readonly<Record<string, { readonly state: CellState; readonly code?: string | null }>>
}

/**
 * Whether a row satisfies a filter, without a database: for back-tests of rules, optimistic updates, and as the
 * referee of the SQL back end, with which it agrees on every row.
 */
export function evaluateFilter(filter: CheckedFilter, row: FilterRow): boolean {
  return evaluateNode(filter.root, row, filter.context)
}

function evaluateNode(node: CheckedNode, row: FilterRow, context: QueryContext): boolean {
  switch (node.kind) {
    case 'and':
      return node.of.every((part) => evaluateNode(part, row, context))
    case 'or':
      return node.of.some((part) => evaluateNode(part, row, context))
    case 'not':
      return !evaluateNode(node.of, row, context)
    case 'cell': {
      const value = ownValue(row.cells, node.column.key) ?? null
      return node.operator.test(value, node.operand, node.column.settings, context)
    }
    case 'predicate': {
      const value = ownValue(row.cells, node.column.key) ?? null
      return evaluatePredicate(node.predicate, value, node.column.type.storage)
    }
    case 'group':
      return isInGroup(node.level, node.key, ownValue(row.cells, node.level.column.key) ?? null)
    case 'formula':
      return node.condition.test(row.cells)
    case 'state': {
      const cell = row.states === undefined ? undefined : ownValue(row.states, node.column.key)
      const isEmpty = (ownValue(row.cells, node.column.key) ?? null) === null
      const state = cell?.state ?? (node.column.state === null ? null : isEmpty ? 'empty' : 'done')
      if (state === null || !node.states.includes(state)) return false
      return node.codes === null || node.codes.includes(cell?.code ?? '')
    }
    default:
      return node satisfies never
  }
}

function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
