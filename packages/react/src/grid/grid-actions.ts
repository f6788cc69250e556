import type { GridColumn } from '../grid-state/grid-column.ts'
import type { GridRow } from '../grid-state/grid-row.ts'
import type { GridController } from './controller/create-grid.ts'
import { loadTools } from './controller/load-tools.ts'
import { focusGrid } from './focus-grid.ts'

/** A cell with its place on the screen. */
export interface ActiveCell {
  readonly row: GridRow
  readonly column: GridColumn
  readonly box: DOMRect
}

/** What toolbars, menus and tests can do to a grid: the same that users do by keys and pointer. */
export interface GridActions {
  /** Gives the grid the keyboard. */
  focus(): void
  /** Opens the search. */
  find(): void
  /** Opens the editor on the active cell, or does what the cell does in place of one. */
  edit(): void
  /** Makes an empty row and goes there. */
  addRow(): Promise<void>
  undo(): Promise<void>
  redo(): Promise<void>
  /** How many rows have a selected cell, loaded or not. */
  selectedRowCount(): number
  /** Those rows, in their order; what is not loaded is read. */
  selectedRows(): Promise<readonly GridRow[]>
  /** Null while no cell is active, or the active one is not loaded or not in sight. */
  activeCell(): ActiveCell | null
}

/** @param inside any element of the grid; null while it is not on the page */
export function gridActions(grid: GridController, inside: Element | null): GridActions {
  const { core, store, edit, find, rows, write } = grid
  const ranges = () => store.get().selection?.ranges ?? []
  return {
    focus: () => focusGrid(inside),
    find: find.open,
    edit: () => edit.start(null),
    addRow: rows.add,
    undo: write.undo,
    redo: write.redo,
    selectedRowCount() {
      const { lines } = store.get()
      const spans = ranges().flatMap(({ top, bottom }) => [...lines.rowSpans(top, bottom)])
      let [count, next] = [0, 0]
      for (const { first, last } of spans.toSorted((a, b) => a.first - b.first)) {
        count += Math.max(0, last + 1 - Math.max(first, next))
        next = Math.max(next, last + 1)
      }
      return count
    },
    async selectedRows() {
      const selected = ranges()
      const { rowsInRanges } = await loadTools()
      return await rowsInRanges(write, selected)
    },
    activeCell() {
      const { selection, lines, layout, row } = store.get()
      if (selection === null) return null
      const line = lines.at(selection.active.line)
      const found = line?.kind === 'row' ? row(line.row) : undefined
      const column = layout.columns[selection.active.column]?.column
      const box = core.viewport()?.cellAt(selection.active)?.element.getBoundingClientRect()
      return found === undefined || column === undefined || box === undefined ? null : { row: found, column, box }
    },
  }
}
