import type { TableHistoryEntry } from '../data/client/history-calls.ts'
import { type ChangeWords, fieldNames } from './changed-row.ts'

/** Stands in a text where the name of a row is to be. */
export const rowPlace = '\uFFFC'

/** What an entry did to a table: of one row where it is known which, in which fields where they are few. */
export function tableChangeWords(entry: TableHistoryEntry, words: ChangeWords): string {
  const { kind, rowCount: count, row } = entry
  const { translate } = words
  const columns = entry.columns ?? []
  const fields = columns.length === 0 ? null : fieldNames(columns, words)
  switch (kind) {
    case 'rows-updated':
      if (fields === null) return translate('history.rows-updated', { count })
      return row === null
        ? translate('history.cells-updated', { count, fields })
        : translate('history.row-updated', { row: rowPlace, fields })
    case 'rows-inserted':
      return row === null
        ? translate('history.rows-inserted', { count })
        : translate('history.row-inserted', { row: rowPlace })
    case 'rows-deleted':
      return row === null
        ? translate('history.rows-deleted', { count })
        : translate('history.row-deleted', { row: rowPlace })
    case 'rows-moved':
      return row === null
        ? translate('history.rows-moved', { count })
        : translate('history.row-moved', { row: rowPlace })
    case 'column':
      return fields === null ? translate('history.column') : translate('history.column-named', { fields })
    default:
      return translate(`history.${kind}`, { count })
  }
}
