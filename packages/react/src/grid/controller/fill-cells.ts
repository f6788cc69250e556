import type { Json } from '@opslayer/core/values'
import { type CellRange, rangeSize } from '../../grid-state/cell-range.ts'
import { fillSeries } from '../../grid-state/fill-series.ts'
import { lateGridTexts } from '../../provider/late-grid-texts.ts'
import { addTexts } from '../../provider/translator.ts'
import type { GridCore } from './grid-core.ts'
import type { GridState } from './grid-state.ts'
import { maxWrittenCells, type writing } from './writing.ts'

addTexts(lateGridTexts)

export interface Fill {
  readonly from: CellRange
  /** Lies beside it. */
  readonly to: CellRange
  /** Whether the cells begin a series, or are repeated. */
  readonly isSeries: boolean
}

/** Writes what the cells of one range begin into another. */
export async function fillCells(
  core: GridCore,
  write: ReturnType<typeof writing>,
  { from, to, isSeries }: Fill,
): Promise<void> {
  const size = rangeSize(to)
  if (size > maxWrittenCells) {
    core.notify({ kind: 'error', text: core.translate()('fill.too-many', { count: size, max: maxWrittenCells }) })
    return
  }
  const { layout } = core.store.get()
  const seeds = await write.rowsIn(from)
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
    const input = target.type.id === origin.type.id ? value : origin.type.toCsv(value, origin.settings)
    const read = target.type.parse(input, target.settings, core.values())
    return read.ok ? read.value : undefined
  }
  const count = await write.writeRange(to, core.translate()('undo.fill'), isDown ? downwards : sideways)
  if (count > 0) core.notify({ kind: 'info', text: core.translate()('fill.done', { count }), canUndo: true })
}

/** The first line or column of a range fills the rest of it; null where there is none. */
export function fillWithin(range: CellRange, direction: 'down' | 'right'): Fill | null {
  const isDown = direction === 'down'
  const from = isDown ? { ...range, bottom: range.top } : { ...range, right: range.left }
  const to = isDown ? { ...range, top: range.top + 1 } : { ...range, left: range.left + 1 }
  return to.top <= to.bottom && to.left <= to.right ? { from, to, isSeries: false } : null
}

/** A range goes on down to where the column beside it is filled without a gap; null where it is that long already. */
export function fillToNeighbour({ lines, layout, row }: GridState, from: CellRange): Fill | null {
  const { bottom, left, right } = from
  const beside = layout.columns[left === 0 ? right + 1 : left - 1]?.column
  const most = Math.min(lines.count - 1, bottom + Math.floor(maxWrittenCells / (right - left + 1)))
  let last = bottom
  while (beside !== undefined && last < most) {
    const at = lines.at(last + 1)
    const found = at?.kind === 'row' ? row(at.row) : undefined
    if (found === undefined || (found.cells[beside.key] ?? null) === null) break
    last += 1
  }
  return last === bottom ? null : { from, to: { ...from, top: bottom + 1, bottom: last }, isSeries: true }
}
