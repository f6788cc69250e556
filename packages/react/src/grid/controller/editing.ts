import type { Json } from '@opslayer/core/values'
import type { AfterEdit } from '../../editors/cell-editor.ts'
import { editableText } from '../../editors/editable-text.ts'
import type { CellPlace } from '../../grid-state/cell-range.ts'
import type { GridColumn } from '../../grid-state/grid-column.ts'
import type { GridRow } from '../../grid-state/grid-row.ts'
import type { SourceChange } from '../../grid-state/row-source.ts'
import { selectCell, spliceLine } from '../../grid-state/selection.ts'
import { focusGrid } from '../focus-grid.ts'
import type { GridCore } from './grid-core.ts'
import type { lateEdits } from './late-edits.ts'
import type { selecting } from './selecting.ts'
import type { writing } from './writing.ts'

export function editing(
  core: GridCore,
  select: ReturnType<typeof selecting>,
  write: ReturnType<typeof writing>,
  late: ReturnType<typeof lateEdits>,
) {
  const { store } = core
  let begun = 0

  const columnOf = (columnId: string | undefined) =>
    store.get().layout.columns.find((placed) => placed.column.id === columnId)?.column

  /** The row of a line as it is now, if it is loaded. */
  function rowAt(line: number): GridRow | undefined {
    const { lines, row } = store.get()
    const at = lines.at(line)
    return at?.kind === 'row' ? row(at.row) : undefined
  }

  /** Where the edited cell stands now. */
  function editedPlace(): CellPlace | null {
    const { editing: edited, lines, layout } = store.get()
    if (edited === null || edited.row === null) return null
    const row = core.source().indexOf(edited.row.id)
    const column = layout.columns.findIndex((placed) => placed.column.id === edited.columnId)
    return row === undefined || column === -1 ? null : { line: lines.lineOfRow(row), column }
  }

  function close(): void {
    store.set({ editing: null, editedPlace: null })
  }

  function put(row: GridRow, column: GridColumn, value: Json): void {
    const before = row.cells[column.key] ?? null
    if (JSON.stringify(before) === JSON.stringify(value) && !row.warnings?.[column.key]) return
    const what = core.translate()('undo.edit', { name: column.name })
    const text = value === null ? '' : column.type.format(value, column.settings, core.values())
    const sayRefused = text === '' ? undefined : (reason: string) => refuse(column, text, reason)
    void write.write([{ rowId: row.id, cells: { [column.key]: value } }], [row], what, sayRefused)
  }

  function refuse({ name }: GridColumn, text: string, reason: string): void {
    core.notify({ kind: 'error', text: core.translate()('edit.refused', { name, text: text.slice(0, 80), reason }) })
  }

  /** Says what goes with an editor that ends before its text is written, and why. */
  function giveUp(why: 'edit.left' | 'edit.row-gone'): void {
    const { editing: edited } = store.get()
    const column = columnOf(edited?.columnId)
    const field = core.viewport()?.editor.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
    if (column !== undefined && field != null) refuse(column, field.value, core.translate()(why))
  }

  /** Ends an edit of a row that was never there. */
  function giveUpRow(): void {
    const editor = core.viewport()?.editor
    const hadFocus = editor?.contains(editor.ownerDocument.activeElement) === true
    giveUp('edit.row-gone')
    close()
    if (hadFocus) focusGrid(editor)
  }

  /** Does something with a row in sight, or once it is loaded. */
  function withRow(line: number, column: GridColumn, text: string, apply: (row: GridRow) => void): void {
    const found = rowAt(line)
    const at = store.get().lines.at(line)
    if (found !== undefined) apply(found)
    else if (at?.kind === 'row') late.add({ row: at.row, name: column.name, text, apply })
    else refuse(column, text, core.translate()('edit.row-gone'))
  }

  /** Tells the host that the details of a computed cell are wanted. False if there are none. */
  function openCell(place: CellPlace): boolean {
    const { onOpenCell } = core.host()
    const column = store.get().layout.columns[place.column]?.column
    const found = rowAt(place.line)
    const box = core.viewport()?.cellAt(place)?.element.getBoundingClientRect()
    if (onOpenCell === undefined || column === undefined || box === undefined) return false
    if (found?.statuses?.[column.key] === undefined) return false
    onOpenCell({ rowId: found.id, columnId: column.id, box })
    return true
  }

  function moveOn(place: CellPlace, after: AfterEdit): void {
    if (after === 'next' || after === 'previous') select.advance('column', after === 'next' ? 1 : -1)
    else if (after === 'down' || after === 'up') select.advance('line', after === 'down' ? 1 : -1)
    else if (store.get().selection === null) select.select(selectCell(place))
  }

  return {
    openCell,
    /** Opens the editor on the active cell, or does what the cell does in place of one. */
    start(text: string | null): void {
      const selection = select.current()
      if (selection === null) return
      if (store.get().selection === null) select.select(selection)
      const { active } = selection
      const { lines, layout } = store.get()
      const column = layout.columns[active.column]?.column
      if (column === undefined || lines.at(active.line)?.kind !== 'row') return
      if (column.editable === false || core.source().write === undefined) {
        if (text === null && openCell(active)) return
        core.notify({ kind: 'info', text: core.translate()('cell.read-only', { name: column.name }) })
        return
      }
      if (store.get().editing !== null) giveUp('edit.left')
      const editor = core.editorOf(column.type.id)
      if (editor.kind === 'toggle') {
        const toggle = (row: GridRow) => put(row, column, editor.next(row.cells[column.key] ?? null))
        if (text === null) withRow(active.line, column, '', toggle)
        return
      }
      core.viewport()?.scrollToCell(active)
      begun += 1
      const row = rowAt(active.line) ?? null
      store.set({ editing: { id: begun, row, columnId: column.id, text }, editedPlace: active })
    },
    /** Rows arrived, came or went: the editor stays with its row, and gets it once it is there. */
    follow(change: SourceChange): void {
      const { editing: edited, editedPlace: place, lines } = store.get()
      if (edited === null || place === null) return
      if (edited.row !== null) {
        // Where the row is not known any more, the editor stays where it is: what was typed must not go with it.
        if (change.kind !== 'rows') store.set({ editedPlace: editedPlace() ?? place })
        return
      }
      const isSplice = change.kind === 'splice' && !lines.hasGroups
      const line = isSplice ? spliceLine(place.line, change.at, change.removed, change.inserted) : place.line
      if (lines.at(line) === undefined) {
        giveUpRow()
        return
      }
      const row = rowAt(line)
      store.set({ editedPlace: { ...place, line }, ...(row !== undefined && { editing: { ...edited, row } }) })
    },
    /** Writes a value that the editor has read, and goes on. */
    commit(value: Json, after: AfterEdit): void {
      const { editing: edited, row } = store.get()
      const place = editedPlace()
      const column = columnOf(edited?.columnId)
      const index = edited?.row == null ? undefined : core.source().indexOf(edited.row.id)
      const before = (index === undefined ? undefined : row(index)) ?? edited?.row
      close()
      if (place !== null) moveOn(place, after)
      if (column !== undefined && before != null) put(before, column, value)
    },
    /** Ends an edit before its editor was there: writes what was typed, or adds it to the value, once the row is loaded. */
    commitEarly(typed: string, after: AfterEdit): void {
      const { editing: edited, editedPlace: place } = store.get()
      const column = columnOf(edited?.columnId)
      close()
      if (edited === null || place === null || column === undefined) return
      const apply = (row: GridRow) => {
        const value = row.cells[column.key] ?? null
        const original = row.warnings?.[column.key]?.original ?? null
        const values = core.values()
        const begin = edited.text === null ? editableText({ typed: null, value, original, column, values }) : ''
        const read = column.type.parse(begin + typed, column.settings, values)
        if (read.ok) put(row, column, read.value)
        else refuse(column, typed, read.reason)
      }
      if (edited.text !== null || typed !== '') withRow(place.line, column, typed, apply)
      moveOn(place, after)
    },
    cancel: close,
  }
}
