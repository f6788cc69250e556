import { useMemo } from 'react'
import type { GridColumn } from '../grid-state/grid-column.ts'
import { useColumnTypes } from '../provider/column-types.ts'
import type { TableView } from './use-table-view.ts'
import { gridColumnsOf } from './view-columns.ts'

/** The columns that a view shows, for a `GridView`: in its order, with its widths and what it keeps in sight. */
export function useGridColumns({ table, definition }: TableView): readonly GridColumn[] {
  const types = useColumnTypes()
  return useMemo(() => gridColumnsOf(table.columns, definition, types), [table.columns, definition, types])
}
