import { nearestNames } from './nearest-names.ts'
import { excerpt } from './query-fault.ts'
import type { QueryColumn, QueryTable } from './query-table.ts'

/** The column meant by key, id or exact name (in this order), or a sentence that says what there is instead. */
export function resolveColumn(table: QueryTable, name: string): QueryColumn | { readonly fault: string } {
  const found =
    table.columns.find((column) => column.key === name) ?? table.columns.find((column) => column.id === name)
  if (found !== undefined) return found
  const named = table.columns.filter((column) => column.name === name)
  const [only] = named
  if (only !== undefined && named.length === 1) return only
  if (named.length > 1) {
    return { fault: `Several columns are named ${excerpt(name)}; use one of the keys ${keys(named)}.` }
  }
  const near = nearestNames(
    name,
    table.columns.flatMap((column) => [column.key, column.name]),
  )
  const hint = near.length === 0 ? '' : ` Did you mean ${[...new Set(near)].map(excerpt).join(' or ')}?`
  return {
    fault: `There is no column ${excerpt(name)} in ${excerpt(table.name)}.${hint} Columns: ${keys(table.columns)}.`,
  }
}

function keys(columns: readonly QueryColumn[]): string {
  const shown = columns.slice(0, 50).map((column) => column.key)
  return columns.length > 50 ? `${shown.join(', ')} and ${columns.length - 50} more` : shown.join(', ')
}
