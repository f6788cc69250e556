import type { Json } from '@opslayer/core/values'
import type { AfterEdit } from '../../editors/cell-editor.ts'
import type { CellPlace } from '../../grid-state/cell-range.ts'
import type { GridColumn } from '../../grid-state/grid-column.ts'
import type { GridRow } from '../../grid-state/grid-row.ts'
import { selectCell } from '../../grid-state/selection.ts'
import type { GridCore } from './grid-core.ts'
import type { selecting } from './selecting.ts'
import type { writing } from './writing.ts'

export function editing(core: GridCore, select: ReturnType<typeof selecting>, write: ReturnType<typeof writing>) {
  const { store } = core

  /** Where the edited cell stands now. */
  function editedPlace(): CellPlace | null {
    const { editing: edited, lines, layout } = store.get()
    if (edited === null) return null
    const row = core.source().indexOf(edited.rowId)
    const column = layout.columns.findIndex((placed) => placed.column.id === edited.columnId)
    return row === undefined || column === -1 ? null : { line: lines.lineOfRow(row), column }
  }

  function close(): void {
    store.set({ editing: null, editedPlace: null })
  }

  function put(row: GridRow, column: GridColumn, value: Json): void {
    const what = core.translate()('undo.edit', { name: column.name })
    void write.write([{ rowId: row.id, cells: { [column.key]: value } }], [row], what)
  }

  /** Tells the host that the details of a computed cell are wanted. False if there are none. */
  function openCell(place: CellPlace): boolean {
    const { onOpenCell } = core.host()
    const { lines, layout, row } = store.get()
    const line = lines.at(place.line)
    const column = layout.columns[place.column]?.column
    const found = line?.kind === 'row' ? row(line.row) : undefined
    const box = core.viewport()?.cellAt(place)?.element.getBoundingClientRect()
    if (onOpenCell === undefined || column === undefined || box === undefined) return false
    if (found?.statuses?.[column.key] === undefined) return false
    onOpenCell({ rowId: found.id, columnId: column.id, box })
    return true
  }

  return {
    editedPlace,
    close,
    openCell,
    /** Opens the editor on the active cell, or does what the cell does in place of one. */
    start(text: string | null): void {
      const selection = select.current()
      if (selection === null) return
      if (store.get().selection === null) select.select(selection)
      const { active } = selection
      const { lines, layout, row } = store.get()
      const line = lines.at(active.line)
      const column = layout.columns[active.column]?.column
      if (column === undefined || line?.kind !== 'row') return
      const found = row(line.row)
      if (found === undefined) return
      if (column.editable === false || core.source().write === undefined) {
        if (text === null && openCell(active)) return
        core.announce(core.translate()('cell.read-only', { name: column.name }))
        return
      }
      const editor = core.editorOf(column.type.id)
      if (editor.kind === 'toggle') {
        if (text === null) put(found, column, editor.next(found.cells[column.key] ?? null))
        return
      }
      core.viewport()?.scrollToCell(active)
      store.set({ editing: { rowId: found.id, row: found, columnId: column.id, text }, editedPlace: active })
    },
    /** Writes a value that the editor has read, and goes on. */
    commit(value: Json, after: AfterEdit): void {
      const { editing: edited, layout, row } = store.get()
      const place = editedPlace()
      const column = layout.columns.find((placed) => placed.column.id === edited?.columnId)?.column
      const index = edited === null ? undefined : core.source().indexOf(edited.rowId)
      const before = (index === undefined ? undefined : row(index)) ?? edited?.row
      close()
      if (place !== null) moveOn(place, after)
      if (edited === null || column === undefined || before === undefined) return
      if (JSON.stringify(before.cells[column.key] ?? null) === JSON.stringify(value) && !before.warnings?.[column.key])
        return
      put(before, column, value)
    },
    cancel(): void {
      close()
    },
  }

  function moveOn(place: CellPlace, after: AfterEdit): void {
    if (after === 'next' || after === 'previous') select.advance('column', after === 'next' ? 1 : -1)
    else if (after === 'down' || after === 'up') select.advance('line', after === 'down' ? 1 : -1)
    else if (store.get().selection === null) select.select(selectCell(place))
  }
}
