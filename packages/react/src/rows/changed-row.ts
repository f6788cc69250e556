import type { ValueContext } from '@opslayer/core/values'
import type { ChangedRow } from '../data/client/history-calls.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import type { ColumnTypes } from '../provider/column-types.ts'
import type { Translate } from '../provider/translator.ts'
import { storedText } from './stored-text.ts'

/** How to write what a change was about. */
export interface ChangeWords {
  readonly columns: readonly TableColumn[]
  readonly context: ValueContext
  readonly types: ColumnTypes
  readonly translate: Translate
}

const longestName = 60
const mostFields = 3

/** What people call a row: its first column, shortened; its number where that is empty. */
export function rowName(row: ChangedRow, { columns, context, translate, types }: ChangeWords): string {
  const [first] = columns
  const text = first === undefined ? '' : storedText(first, row.name, context, types).trim()
  if (text === '') return translate('runs.row', { id: row.id })
  return text.length <= longestName ? text : `${text.slice(0, longestName - 1).trimEnd()}…`
}

/** Which fields changed, by name or, of many, by number. */
export function fieldNames(ids: readonly string[], { columns, context, translate }: ChangeWords): string {
  if (ids.length > mostFields) return translate('history.fields', { count: ids.length })
  const names = ids.map((id) => columns.find((column) => column.id === id)?.name ?? id)
  return new Intl.ListFormat(context.locale, { type: 'conjunction' }).format(names)
}
