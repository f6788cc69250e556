import { createPortal } from 'react-dom'
import { textEditor } from '../editors/cell-editors.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { focusGrid } from './focus-grid.ts'
import { useGrid, useGridState } from './use-grid-state.ts'

/** The editor over the cell that is edited. It stands in the pane and not in the cell, whose element may be reused. */
export function EditorPlace() {
  const grid = useGrid()
  const ops = useOpsContext()
  const editing = useGridState((state) => state.editing)
  const place = grid.core.viewport()?.editor
  if (editing === null || place === undefined) return null
  const index = grid.core.source().indexOf(editing.rowId)
  const row = (index === undefined ? undefined : grid.core.source().row(index)) ?? editing.row
  const column = grid.store.get().columns.find(({ id }) => id === editing.columnId)
  if (column === undefined) return null
  const editor = ops.cellEditors[column.type.id] ?? textEditor
  if (editor.kind !== 'component') return null
  const Editor = editor.component
  /** Ends the edit; where it had the focus, the grid has it next. */
  const end = (finish: () => void) => {
    const frame = place.closest('.ops-grid-frame')
    const hadFocus = place.contains(document.activeElement)
    finish()
    if (hadFocus) focusGrid(frame)
  }
  return createPortal(
    <Editor
      key={`${editing.rowId} ${editing.columnId}`}
      column={column}
      value={row.cells[column.key] ?? null}
      typed={editing.text}
      original={row.warnings?.[column.key]?.original ?? null}
      values={grid.core.values()}
      translate={ops.translate}
      commit={(value, after) => end(() => grid.edit.commit(value, after))}
      cancel={() => end(() => grid.edit.cancel())}
    />,
    place,
  )
}
