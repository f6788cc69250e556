import type { Json, ValueContext } from '@opslayer/core/values'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { tableColumns } from '../data/table-columns.ts'
import type { ColumnTypes } from '../provider/column-types.ts'

/** A stored value of a column as text for people. */
export function storedText(column: TableColumn, value: Json, context: ValueContext, types: ColumnTypes): string {
  const [known] = tableColumns([{ ...column, hidden: false }], types)
  if (value === null || known === undefined) return ''
  const read = known.type.parse(value, known.settings, context)
  return read.ok && read.value !== null ? known.type.format(read.value, known.settings, context) : String(value)
}
