import type { CellPlace, CellRange } from '../../grid-state/cell-range.ts'
import { selectRange } from '../../grid-state/selection.ts'
import type { Fill } from './fill-cells.ts'
import type { GridCore } from './grid-core.ts'
import { type Tools, withTools } from './load-tools.ts'
import type { selecting } from './selecting.ts'
import type { writing } from './writing.ts'

export function fillActions(core: GridCore, select: ReturnType<typeof selecting>, write: ReturnType<typeof writing>) {
  const { store } = core

  const sourceRange = (): CellRange | null => store.get().selection?.ranges.at(-1) ?? null

  async function fill(choose: (tools: Tools) => Fill | null): Promise<void> {
    await withTools(core, async (tools) => {
      const chosen = choose(tools)
      if (chosen !== null) await tools.fillCells(core, write, chosen)
    })
  }

  return {
    /** Ctrl+D and Ctrl+R: the first line or column of the selection fills the rest of it. */
    async fillSelection(direction: 'down' | 'right'): Promise<void> {
      const range = sourceRange()
      if (range !== null) await fill(({ fillWithin }) => fillWithin(range, direction))
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
      void fill(() => ({ from, to, isSeries: true }))
      const first = { line: Math.min(from.top, to.top), column: Math.min(from.left, to.left) }
      const last = { line: Math.max(from.bottom, to.bottom), column: Math.max(from.right, to.right) }
      select.select(selectRange(first, last), null)
    },
    /** A double click on the handle: down as far as the column beside it is filled. */
    async fillToNeighbour(): Promise<void> {
      const from = sourceRange()
      if (from !== null) await fill(({ fillToNeighbour }) => fillToNeighbour(store.get(), from))
    },
  }
}
