import type { TableColumn } from '../data/client/tables-calls.ts'
import type { ViewColumn, ViewDefinition } from '../data/client/views-calls.ts'
import { tableColumns } from '../data/table-columns.ts'
import type { GridColumn } from '../grid-state/grid-column.ts'
import type { ColumnTypes } from '../provider/column-types.ts'

/** A column of the table as a view has it. */
export interface ArrangedColumn {
  readonly column: TableColumn
  readonly isVisible: boolean
  /** As the view has it; nothing where it says nothing. */
  readonly entry: ViewColumn
}

/** All columns of a table in the order of a view: those that it lists, then the others. */
export function arrangedColumns(
  columns: readonly TableColumn[],
  { columns: entries }: Pick<ViewDefinition, 'columns'>,
): readonly ArrangedColumn[] {
  const byId = new Map(columns.map((column) => [column.id, column]))
  const listed = new Set(entries.map(({ column }) => column))
  const all: readonly ViewColumn[] = [
    ...entries,
    ...columns.filter(({ id }) => !listed.has(id)).map(({ id }) => ({ column: id })),
  ]
  return all.flatMap((entry): ArrangedColumn[] => {
    const column = byId.get(entry.column)
    return column === undefined ? [] : [{ column, entry, isVisible: entry.visible ?? !column.hidden }]
  })
}

/** The visible columns of a view as the grid shows them. */
export function gridColumnsOf(
  columns: readonly TableColumn[],
  definition: Pick<ViewDefinition, 'columns' | 'pinned'>,
  types: ColumnTypes,
): readonly GridColumn[] {
  const shown = arrangedColumns(columns, definition).filter(({ isVisible }) => isVisible)
  const { left, right } = definition.pinned
  return shown.flatMap(({ column, entry }, place) => {
    const pinned = place < left ? 'start' : place >= shown.length - right ? 'end' : null
    return tableColumns([{ ...column, hidden: false }], types).map((made): GridColumn => {
      return { ...made, pinned, ...(entry.width !== undefined && { width: entry.width }) }
    })
  })
}

/** Order, widths and pinning as a user left them in the grid; hidden columns stay behind the one they followed. */
export function withGridColumns(
  columns: readonly TableColumn[],
  definition: Pick<ViewDefinition, 'columns' | 'pinned'>,
  grid: readonly GridColumn[],
): Pick<ViewDefinition, 'columns' | 'pinned'> {
  const before = arrangedColumns(columns, definition)
  const pinnedTo = (side: GridColumn['pinned']) => grid.filter((column) => (column.pinned ?? null) === side)
  const order = [...pinnedTo('start'), ...pinnedTo(null), ...pinnedTo('end')]
  const entries = new Map(before.map(({ column, entry }) => [column.id, entry]))
  const isShown = new Set(grid.map(({ id }) => id))
  const arranged = order.map(({ id, width }): ViewColumn => {
    return { ...entries.get(id), column: id, ...(width !== undefined && { width: Math.round(width) }) }
  })
  for (const [place, { column, entry }] of before.entries()) {
    if (isShown.has(column.id)) continue
    const follows = before[place - 1]?.column.id
    arranged.splice(arranged.findIndex((each) => each.column === follows) + 1, 0, entry)
  }
  return { columns: arranged, pinned: { left: pinnedTo('start').length, right: pinnedTo('end').length } }
}

/** Changes what a view says about one column. */
export function withColumn(
  columns: readonly TableColumn[],
  definition: Pick<ViewDefinition, 'columns'>,
  columnId: string,
  changes: Omit<ViewColumn, 'column'>,
): Pick<ViewDefinition, 'columns'> {
  return {
    columns: arrangedColumns(columns, definition).map(({ column, entry }) =>
      column.id === columnId ? { ...entry, ...changes } : entry,
    ),
  }
}
