import { type CellPlace, type CellRange, rangeSize } from '../../grid-state/cell-range.ts'
import { selectRange } from '../../grid-state/selection.ts'
import type { GridCore } from './grid-core.ts'
import { loadTools } from './load-tools.ts'
import type { selecting } from './selecting.ts'
import { maxWrittenCells, type writing } from './writing.ts'

export function fillActions(core: GridCore, select: ReturnType<typeof selecting>, write: ReturnType<typeof writing>) {
  const { store } = core

  const sourceRange = (): CellRange | null => store.get().selection?.ranges.at(-1) ?? null

  async function fill(from: CellRange, to: CellRange, isSeries: boolean): Promise<void> {
    const t = core.translate()
    if (rangeSize(to) > maxWrittenCells) {
      core.notify({ kind: 'error', text: t('fill.too-many', { count: rangeSize(to), max: maxWrittenCells }) })
      return
    }
    try {
      const { fillCells } = await loadTools()
      await fillCells(core, write, { from, to, isSeries })
    } catch (error) {
      core.fail('work.failed', error)
    }
  }

  return {
    /** Ctrl+D and Ctrl+R: the first line or column of the selection fills the rest of it. */
    async fillSelection(direction: 'down' | 'right'): Promise<void> {
      const range = sourceRange()
      if (range === null) return
      const isDown = direction === 'down'
      const from = isDown ? { ...range, bottom: range.top } : { ...range, right: range.left }
      const to = isDown ? { ...range, top: range.top + 1 } : { ...range, left: range.left + 1 }
      if (to.top <= to.bottom && to.left <= to.right) await fill(from, to, false)
    },
    /** While the handle is dragged. */
    dragTo(place: CellPlace): void {
      const range = sourceRange()
      if (range === null) return
      const { top, bottom, left, right } = range
      const down = place.line > bottom ? place.line - bottom : Math.min(0, place.line - top)
      const across = place.column > right ? place.column - right : Math.min(0, place.column - left)
      const isDown = Math.abs(down) >= Math.abs(across)
      const way = isDown ? down : across
      const ahead = isDown ? { top: bottom + 1, bottom: place.line } : { left: right + 1, right: place.column }
      const back = isDown ? { top: place.line, bottom: top - 1 } : { left: place.column, right: left - 1 }
      store.set({ filling: way === 0 ? null : { ...range, ...(way > 0 ? ahead : back) } })
    },
    drop(): void {
      const { filling: to } = store.get()
      const from = sourceRange()
      store.set({ filling: null })
      if (to === null || from === null) return
      void fill(from, to, true)
      const all = {
        top: Math.min(from.top, to.top),
        bottom: Math.max(from.bottom, to.bottom),
        left: Math.min(from.left, to.left),
        right: Math.max(from.right, to.right),
      }
      select.select(selectRange({ line: all.top, column: all.left }, { line: all.bottom, column: all.right }), null)
    },
    /** A double click on the handle: down as far as the column beside it is filled. */
    async fillToNeighbour(): Promise<void> {
      const from = sourceRange()
      if (from === null) return
      const { lineOfNeighbour } = await loadTools()
      const bottom = lineOfNeighbour(store.get(), from)
      if (bottom > from.bottom) await fill(from, { ...from, top: from.bottom + 1, bottom }, true)
    },
  }
}
