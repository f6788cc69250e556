import type { Json } from '@opslayer/core/values'
import { type CellPlace, type CellRange, rangeSize } from '../../grid-state/cell-range.ts'
import { selectRange } from '../../grid-state/selection.ts'
import type { GridCore } from './grid-core.ts'
import { loadTools } from './load-tools.ts'
import type { selecting } from './selecting.ts'
import { maxWrittenCells, type writing } from './writing.ts'

export function fillActions(core: GridCore, select: ReturnType<typeof selecting>, write: ReturnType<typeof writing>) {
  const { store } = core

  const sourceRange = (): CellRange | null => store.get().selection?.ranges.at(-1) ?? null

  /** Writes what the cells of `from` begin into `to`, which lies beside them. */
  async function fill(from: CellRange, to: CellRange, isSeries: boolean): Promise<void> {
    const t = core.translate()
    if (rangeSize(to) > maxWrittenCells) {
      core.notify({ kind: 'error', text: t('fill.too-many', { count: rangeSize(to), max: maxWrittenCells }) })
      return
    }
    const { layout } = store.get()
    const needed = await Promise.all([write.rowsIn(from), loadTools()]).catch((error) => {
      core.fail('work.failed', error)
      return null
    })
    if (needed === null) return
    const [seeds, { fillSeries }] = needed
    const isDown = to.left === from.left && to.right === from.right
    const isBackward = isDown ? to.top < from.top : to.left < from.left
    const valueAt = (line: number, column: number): Json => {
      const key = layout.columns[column]?.column.key
      return key === undefined ? null : (seeds[line]?.cells[key] ?? null)
    }
    const height = to.bottom - to.top + 1
    const seriesOf = new Map<number, readonly Json[]>()
    const downwards = (line: number, column: number): Json => {
      let series = seriesOf.get(column)
      if (series === undefined) {
        const seed = seeds.map((_, i) => valueAt(isBackward ? seeds.length - 1 - i : i, column))
        series = isSeries
          ? fillSeries(seed, height, layout.columns[column]?.column.type.id ?? '')
          : Array.from({ length: height }, (_, i) => seed[i % seed.length] ?? null)
        seriesOf.set(column, series)
      }
      return series[isBackward ? height - 1 - line : line] ?? null
    }
    const width = from.right - from.left + 1
    const sideways = (line: number, column: number): Json | undefined => {
      const distance = isBackward ? from.right - column : column - from.left
      const source = isBackward ? from.right - (distance % width) : from.left + (distance % width)
      const [target, origin] = [layout.columns[column]?.column, layout.columns[source]?.column]
      if (target === undefined || origin === undefined) return undefined
      const value = valueAt(line, source)
      if (value === null) return null
      const input =
        target.type.id === origin.type.id ? value : origin.type.format(value, origin.settings, core.values())
      const read = target.type.parse(input, target.settings, core.values())
      return read.ok ? read.value : undefined
    }
    const count = await write.writeRange(to, t('undo.fill'), isDown ? downwards : sideways)
    if (count > 0) core.notify({ kind: 'info', text: t('fill.done', { count }), canUndo: true })
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
      const down = place.line > range.bottom ? place.line - range.bottom : Math.min(0, place.line - range.top)
      const right = place.column > range.right ? place.column - range.right : Math.min(0, place.column - range.left)
      if (down === 0 && right === 0) store.set({ filling: null })
      else if (Math.abs(down) >= Math.abs(right)) {
        store.set({
          filling:
            down > 0
              ? { ...range, top: range.bottom + 1, bottom: place.line }
              : { ...range, top: place.line, bottom: range.top - 1 },
        })
      } else {
        store.set({
          filling:
            right > 0
              ? { ...range, left: range.right + 1, right: place.column }
              : { ...range, left: place.column, right: range.left - 1 },
        })
      }
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
      const { lines, layout, row } = store.get()
      const beside = layout.columns[from?.left === 0 ? from.right + 1 : (from?.left ?? 0) - 1]?.column
      if (from === null || beside === undefined) return
      let bottom = from.bottom
      for (
        let line = from.bottom + 1;
        line < lines.count && (line - from.bottom) * (from.right - from.left + 1) <= maxWrittenCells;
        line++
      ) {
        const at = lines.at(line)
        const found = at?.kind === 'row' ? row(at.row) : undefined
        if (found === undefined || (found.cells[beside.key] ?? null) === null) break
        bottom = line
      }
      if (bottom > from.bottom) await fill(from, { ...from, top: from.bottom + 1, bottom }, true)
    },
  }
}
