import { type RefObject, Suspense, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { textEditor } from '../editors/cell-editors.ts'
import type { GridColumn } from '../grid-state/grid-column.ts'
import type { GridRow } from '../grid-state/grid-row.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { Editing } from './controller/grid-state.ts'
import { EarlyEditor } from './early-editor.tsx'
import { focusGrid } from './focus-grid.ts'
import { typeInto } from './type-into.ts'
import { useGrid, useGridState } from './use-grid-state.ts'

/** The editor over the cell that is edited. It stands in the pane and not in the cell, whose element may be reused. */
export function EditorPlace() {
  const grid = useGrid()
  const editing = useGridState((state) => state.editing)
  const place = grid.core.viewport()?.editor
  if (editing === null || place === undefined) return null
  return createPortal(<OpenEditor key={editing.id} editing={editing} place={place} />, place)
}

interface OpenEditorProps {
  readonly editing: Editing
  readonly place: HTMLElement
}

/** What is typed before the row is loaded, or the editor's code, goes into a field that has its place until then. */
function OpenEditor({ editing, place }: OpenEditorProps) {
  const grid = useGrid()
  const early = useRef(editing.text ?? '')
  const column = grid.store.get().columns.find(({ id }) => id === editing.columnId)
  if (column === undefined) return null
  /** Ends the edit; where it had the focus, the grid has it next. */
  const end = (finish: () => void) => {
    const frame = place.closest('.ops-grid-frame')
    const hadFocus = place.contains(document.activeElement)
    finish()
    if (hadFocus) focusGrid(frame)
  }
  const field = <EarlyEditor column={column} text={early} end={end} />
  return editing.row === null ? (
    field
  ) : (
    <Suspense fallback={field}>
      <ReadyEditor editing={editing} row={editing.row} column={column} early={early} end={end} />
    </Suspense>
  )
}

interface ReadyEditorProps {
  readonly editing: Editing
  readonly row: GridRow
  readonly column: GridColumn
  readonly early: RefObject<string>
  end(finish: () => void): void
}

function ReadyEditor({ editing, row: first, column, early, end }: ReadyEditorProps) {
  const grid = useGrid()
  const ops = useOpsContext()
  const [typed, setTyped] = useState(early.current)
  // What opened the editor is its first text; what followed on the value is typed again. React may show an editor some time
  // after it was rendered, and what was typed in between belongs to its first text too.
  useLayoutEffect(() => {
    if (editing.text !== null) return setTyped(early.current)
    typeInto(early.current)
    early.current = ''
  }, [editing.text, early])
  const index = grid.core.source().indexOf(first.id)
  const row = (index === undefined ? undefined : grid.core.source().row(index)) ?? first
  const editor = ops.cellEditors[column.type.id] ?? textEditor
  if (editor.kind !== 'component') return null
  const Editor = editor.component
  return (
    <Editor
      key={typed}
      column={column}
      value={row.cells[column.key] ?? null}
      typed={editing.text === null ? null : typed}
      original={row.warnings?.[column.key]?.original ?? null}
      values={grid.core.values()}
      translate={ops.translate}
      commit={(value, after) => end(() => grid.edit.commit(value, after))}
      cancel={() => end(() => grid.edit.cancel())}
    />
  )
}
