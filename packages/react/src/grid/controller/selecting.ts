import type { CellPlace, GridExtent } from '../../grid-state/cell-range.ts'
import { type Motion, navigate } from '../../grid-state/navigate.ts'
import {
  extendSelection,
  isSingleCell,
  nextInSelection,
  type Selection,
  selectAll,
  selectCell,
  selectColumns,
  selectLines,
  toggleLine,
} from '../../grid-state/selection.ts'
import type { GridCore } from './grid-core.ts'

export function selecting(core: GridCore) {
  const { store } = core

  const extent = (): GridExtent => {
    const { lines, layout } = store.get()
    return { lines: lines.count, columns: layout.columns.length }
  }

  /** Selects and, unless told otherwise, brings the moved end into sight. */
  function select(selection: Selection | null, reveal: CellPlace | null = selection?.active ?? null): void {
    // Before anything is marked: a browser lays out all that was written before it scrolls.
    if (reveal !== null) core.viewport()?.scrollToCell(reveal)
    store.set({ selection })
    if (selection === null) return
    if (isSingleCell(selection)) return
    const last = selection.ranges.at(-1)
    if (last === undefined) return
    core.announce(
      core.translate()('announce.range', { lines: last.bottom - last.top + 1, columns: last.right - last.left + 1 }),
    )
  }

  function isEmpty({ line, column }: CellPlace): boolean | undefined {
    const { lines, layout, row } = store.get()
    const at = lines.at(line)
    if (at?.kind !== 'row') return true
    const found = row(at.row)
    const key = layout.columns[column]?.column.key
    return found === undefined || key === undefined ? undefined : (found.cells[key] ?? null) === null
  }

  /** The selection, or the first cell where there is none. */
  function current(): Selection | null {
    const { lines, columns } = extent()
    if (lines === 0 || columns === 0) return null
    return store.get().selection ?? selectCell({ line: core.viewport()?.firstLine() ?? 0, column: 0 })
  }

  return {
    select,
    extent,
    current,
    move(motion: Motion, extend: boolean): void {
      const selection = current()
      if (selection === null) return
      const leadsFromAnywhere = motion.kind === 'grid-start' || motion.kind === 'grid-end'
      if (store.get().selection === null && !leadsFromAnywhere) {
        select(selection)
        return
      }
      const page = core.viewport()?.page() ?? { lines: 20, columns: 5 }
      const from = extend ? selection.head : selection.active
      const to = navigate(from, motion, { extent: extent(), page, isEmpty })
      select(extend ? extendSelection(selection, to) : selectCell(to), to)
    },
    /** Tab and Enter. False where there is nowhere left to go, so that Tab leaves the grid. */
    advance(axis: 'line' | 'column', step: 1 | -1): boolean {
      const selection = current()
      if (selection === null) return false
      const next = nextInSelection(selection, axis, step)
      if (next !== null) {
        select(next)
        return true
      }
      const { lines, columns } = extent()
      const { line, column } = selection.active
      if (axis === 'line') {
        select(selectCell({ line: Math.max(0, Math.min(lines - 1, line + step)), column }))
        return true
      }
      const index = line * columns + column + step
      if (index < 0 || index >= lines * columns) return false
      select(selectCell({ line: Math.floor(index / columns), column: index % columns }))
      return true
    },
    /** Adds a whole line to a selection, or takes it away. */
    toggleLine(selection: Selection | null, line: number): void {
      select(toggleLine(selection, { line, column: store.get().selection?.active.column ?? 0 }, extent()), null)
    },
    /** Lets the last range of a selection reach to another line, in whole lines. */
    extendLines(selection: Selection, line: number): void {
      const anchor = { line: selection.anchor.line, column: 0 }
      select(extendSelection({ ...selection, anchor }, { line, column: extent().columns - 1 }), null)
    },
    /** Selects all, or the lines, the columns or nothing but the cell where the selection is. */
    selectWhole(what: 'all' | 'line' | 'column' | 'cell'): void {
      const selection = current()
      const last = selection?.ranges.at(-1)
      if (selection === null || last === undefined) return
      if (what === 'all') select(selectAll(selection.active, extent()), null)
      else if (what === 'cell') select(selectCell(selection.active), null)
      else if (what === 'line') select(selectLines(last.top, last.bottom, selection.active, extent()), null)
      else select(selectColumns(last.left, last.right, selection.active, extent()), null)
    },
  }
}
