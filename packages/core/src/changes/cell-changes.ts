import type { ColumnDefinition, TableDefinition } from '../catalog/table-definition.ts'
import type { RowHistoryRecord } from '../store/change-log.history.ts'
import { valuesName } from '../store/physical-names.ts'
import type { Json } from '../values/json.ts'

/** A cell before and after a change. */
export interface CellChange {
  readonly columnId: string
  /** Stored value; null for an empty cell. */
  readonly before: Json
  /** null also where the row was deleted. */
  readonly after: Json
}

/** The cells that a record changed. Columns that are purged are left out of deletions. */
export function cellChanges(table: TableDefinition, record: RowHistoryRecord): CellChange[] {
  switch (record.kind) {
    case 'rows-updated':
      return (record.column_ids ?? []).flatMap((columnId, place) => {
        const before = record.before?.[columnId] ?? null
        const after = record.after?.[columnId] ?? null
        if (record.before?.[columnId] === undefined) return []
        const column = table.columns.find(({ id }) => id === columnId)
        const shown = column?.number === record.column_numbers?.[place] ? column : undefined
        return [{ columnId, before: logged(shown, before), after: logged(shown, after) }]
      })
    case 'rows-deleted':
      return table.columns.flatMap((column) => {
        const before = deletedCell(record.before ?? {}, column)
        return before === null ? [] : [{ columnId: column.id, before, after: null }]
      })
    case 'rows-inserted':
    case 'rows-moved':
    case 'rows-computed':
    case 'table':
    case 'column':
    case 'view':
      return []
    default:
      return record.kind satisfies never
  }
}

/** A cell as the physical row has it that a deletion keeps. */
export function deletedCell(row: Readonly<Record<string, Json>>, column: ColumnDefinition): Json {
  return logged(column, row[valuesName(column)] ?? null)
}

/** PostgreSQL writes moments into JSON with an offset; cells have them as ISO 8601 in UTC with milliseconds. */
function logged(column: ColumnDefinition | undefined, value: Json): Json {
  if (column?.columnType.storage !== 'timestamptz' || typeof value !== 'string') return value
  return new Date(value).toISOString()
}
