import { nearest } from '../errors/nearest.ts'
import { say } from '../sentences/say.ts'
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
    return {
      fault: say('Several columns are named {name}; use one of the keys {keys}.', {
        name: excerpt(name),
        keys: keys(named),
      }),
    }
  }
  const names = [...table.columns.map((column) => column.key), ...table.columns.map((column) => column.name)]
  const hint = nearest(name, [...new Set(names)])
  return {
    fault: say('There is no column {name} in {table}.{~hint}', {
      name: excerpt(name),
      table: excerpt(table.name),
      hint,
    }),
  }
}

function keys(columns: readonly QueryColumn[]): string {
  return columns.map((column) => column.key).join(', ')
}
