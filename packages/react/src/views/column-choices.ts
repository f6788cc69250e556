import { columnIcons } from '../cells/column-icons.ts'
import type { TableColumn } from '../data/client/tables-calls.ts'
import { type ColumnTypes, columnTypeIn } from '../provider/column-types.ts'
import type { Choice } from '../ui/choice.ts'

/** Columns to choose from. */
export function columnChoices(columns: readonly TableColumn[]): readonly Choice[] {
  return columns.map(({ id, name, type }) => {
    const icon = columnIcons[type]
    return { value: id, label: name, ...(icon !== undefined && { icon }) }
  })
}

/** Columns of types that are not known here are left to the server to judge. */
export function canSortBy({ type }: TableColumn, types: ColumnTypes): boolean {
  return columnTypeIn(types, type)?.sort !== 'none'
}

export function canGroupBy({ type }: TableColumn, types: ColumnTypes): boolean {
  const known = columnTypeIn(types, type)
  return known?.sort !== 'none' && known?.storage !== 'jsonb'
}

/** Whether a column's values go together by calendar periods. */
export function hasPeriods({ type }: TableColumn, types: ColumnTypes): 'date' | 'time' | null {
  const storage = columnTypeIn(types, type)?.storage
  return storage === 'date' ? 'date' : storage === 'timestamptz' ? 'time' : null
}
