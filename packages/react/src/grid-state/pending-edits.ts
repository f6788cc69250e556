import type { GridRow } from './grid-row.ts'
import type { RowEdit } from './row-source.ts'

/** Edits that are shown already and not yet saved. */
export interface PendingEdits {
  /** Shows edits from now on; gives the way to stop. */
  begin(edits: readonly RowEdit[]): () => void
  /** The row as the user has it: with what is not saved yet. The same object as long as nothing changes. */
  apply(row: GridRow): GridRow
  /** How many edits are not saved. */
  readonly size: number
}

export function createPendingEdits(): PendingEdits {
  /** By row, in the order they were made: a later edit of a cell hides an earlier one. */
  const byRow = new Map<string, RowEdit[]>()
  let merged = new WeakMap<GridRow, GridRow>()
  let size = 0
  return {
    get size() {
      return size
    },
    begin(edits) {
      for (const edit of edits) byRow.set(edit.rowId, [...(byRow.get(edit.rowId) ?? []), edit])
      merged = new WeakMap()
      size += 1
      let isOpen = true
      return () => {
        if (!isOpen) return
        isOpen = false
        size -= 1
        for (const edit of edits) {
          const left = byRow.get(edit.rowId)?.filter((each) => each !== edit) ?? []
          if (left.length === 0) byRow.delete(edit.rowId)
          else byRow.set(edit.rowId, left)
        }
        merged = new WeakMap()
      }
    },
    apply(row) {
      const edits = byRow.get(row.id)
      if (edits === undefined) return row
      const known = merged.get(row)
      if (known !== undefined) return known
      const shown = withCells(row, Object.assign({}, ...edits.map(({ cells }) => cells)))
      merged.set(row, shown)
      return shown
    },
  }
}

/** A row with other cells; what was wrong with the old ones goes with them. */
export function withCells(row: GridRow, cells: RowEdit['cells'], version = row.version): GridRow {
  const without = <Value>(record: Readonly<Record<string, Value>> | undefined) =>
    record && Object.fromEntries(Object.entries(record).filter(([key]) => !(key in cells)))
  return {
    ...row,
    version,
    cells: { ...row.cells, ...cells },
    ...(row.warnings !== undefined && { warnings: without(row.warnings) }),
    ...(row.statuses !== undefined && { statuses: without(row.statuses) }),
  }
}
