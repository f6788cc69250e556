import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../values/json.ts'
import type { AnyOperator, OperandKind } from '../values/operator.ts'
import type { CellFilter, Filter } from './filter.ts'
import type { QueryContext, QueryTable } from './query-table.ts'
import { resolveColumn } from './resolve-column.ts'

/**
 * The same filter with columns and options by id, so that renaming them does not touch it, and with values in their
 * stored form, so that a change of the org's locale does not either. What is relative to the moment stays relative. The
 * filter must fit the table.
 */
export function canonicalFilter(filter: Filter, table: QueryTable, context: QueryContext): Filter {
  if ('and' in filter) return { and: filter.and.map((part) => canonicalFilter(part, table, context)) }
  if ('or' in filter) return { or: filter.or.map((part) => canonicalFilter(part, table, context)) }
  if ('not' in filter) return { not: canonicalFilter(filter.not, table, context) }
  if ('search' in filter) {
    if (filter.columns === undefined) return filter
    return { ...filter, columns: filter.columns.map((name) => columnId(table, name)) }
  }
  if ('formula' in filter) {
    const condition = table.conditions?.read(filter.formula, context)
    return condition === undefined || 'fault' in condition ? filter : { formula: condition.stored }
  }
  const column = columnId(table, filter.column)
  return 'op' in filter ? { ...filter, column, ...canonicalValue(filter, table, context) } : { ...filter, column }
}

/** The id of a column that may be named by key, id or name; a name that means nothing stays as it is. */
export function columnId(table: QueryTable, name: string): string {
  const column = resolveColumn(table, name)
  return 'fault' in column ? name : column.id
}

/** Operands that have a stored form; patterns and JSON are kept as they were written. */
const normalised: readonly OperandKind[] = ['value', 'values', 'range', 'text', 'period', 'span', 'option', 'options']

const farMs = 400 * 24 * 60 * 60 * 1000

function canonicalValue(filter: CellFilter, table: QueryTable, context: QueryContext): { readonly value?: Json } {
  const column = resolveColumn(table, filter.column)
  if ('fault' in column || filter.value === undefined) return {}
  const operators: readonly AnyOperator<unknown, Json>[] = column.type.operators
  const operator = operators.find(({ id }) => id === filter.op)
  if (operator === undefined || !normalised.includes(operator.operandKind)) return {}
  const at = (now: Date) => operator.operand(column.settings, { ...context, now }).safeParse(filter.value)
  const value = at(context.now)
  const later = at(new Date(context.now.getTime() + farMs))
  // "tomorrow" means another day each day: it is kept as it was said.
  if (!value.success || !later.success || !isDeepStrictEqual(value.data, later.data)) return {}
  const again = operator.operand(column.settings, context).safeParse(value.data)
  return again.success && isDeepStrictEqual(again.data, value.data) ? { value: value.data as Json } : {}
}
