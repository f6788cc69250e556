import { type CellPlace, type CellRange, clipRange, type GridExtent, rangeBetween, rangeHolds } from './cell-range.ts'

/** What is selected. `ranges` is never empty; the last one reaches from `anchor` and is what Shift extends. */
export interface Selection {
  /** The cell that keys act on. Lies in the last range. */
  readonly active: CellPlace
  /** The corner of the last range that stays when it is extended. */
  readonly anchor: CellPlace
  /** The corner of the last range opposite to the anchor. */
  readonly head: CellPlace
  readonly ranges: readonly CellRange[]
}

/** One cell. */
export function selectCell(place: CellPlace): Selection {
  return { active: place, anchor: place, head: place, ranges: [rangeBetween(place, place)] }
}

/** A rectangle, its active cell being `anchor`. */
export function selectRange(anchor: CellPlace, head: CellPlace): Selection {
  return { active: anchor, anchor, head, ranges: [rangeBetween(anchor, head)] }
}

/** Lets the last range reach to another cell; the others stay. */
export function extendSelection(selection: Selection, head: CellPlace): Selection {
  return { ...selection, head, ranges: [...selection.ranges.slice(0, -1), rangeBetween(selection.anchor, head)] }
}

/** Adds a range, as a click with Ctrl or ⌘ does. */
export function addRange(selection: Selection, anchor: CellPlace, head: CellPlace = anchor): Selection {
  return { active: anchor, anchor, head, ranges: [...selection.ranges, rangeBetween(anchor, head)] }
}

/** Whole lines; the active cell stays in its column. */
export function selectLines(first: number, last: number, active: CellPlace, extent: GridExtent): Selection {
  const anchor = { line: first, column: 0 }
  const head = { line: last, column: extent.columns - 1 }
  return { active: { line: first, column: active.column }, anchor, head, ranges: [rangeBetween(anchor, head)] }
}

/** Adds a whole line, or takes it away where it is selected. Other whole lines stay; what else was selected does not. */
export function toggleLine(selection: Selection | null, place: CellPlace, extent: GridExtent): Selection {
  const { line } = place
  const others = (selection?.ranges ?? [])
    .filter((range) => isWholeLines(range, extent))
    .flatMap((range) => [
      { ...range, bottom: Math.min(range.bottom, line - 1) },
      { ...range, top: Math.max(range.top, line + 1) },
    ])
    .filter(({ top, bottom }) => top <= bottom)
  const isTaken = selection !== null && isLineSelected(selection, line, extent)
  const ranges = isTaken ? others : [...others, ...selectLines(line, line, place, extent).ranges]
  const last = ranges.at(-1)
  return last === undefined ? selectCell(place) : { ...selectLines(last.top, last.bottom, place, extent), ranges }
}

/** Whole columns; the active cell stays in its line. */
export function selectColumns(first: number, last: number, active: CellPlace, extent: GridExtent): Selection {
  const anchor = { line: 0, column: first }
  const head = { line: extent.lines - 1, column: last }
  return { active: { line: active.line, column: first }, anchor, head, ranges: [rangeBetween(anchor, head)] }
}

export function selectAll(active: CellPlace, extent: GridExtent): Selection {
  const head = { line: extent.lines - 1, column: extent.columns - 1 }
  const origin = { line: 0, column: 0 }
  return { active, anchor: origin, head, ranges: [rangeBetween(origin, head)] }
}

export function isSelected(selection: Selection, line: number, column: number): boolean {
  return selection.ranges.some((range) => rangeHolds(range, line, column))
}

/** Whether a line is selected from its first to its last cell. */
export function isLineSelected(selection: Selection, line: number, extent: GridExtent): boolean {
  return selection.ranges.some((range) => line >= range.top && line <= range.bottom && isWholeLines(range, extent))
}

function isWholeLines({ left, right }: CellRange, extent: GridExtent): boolean {
  return left === 0 && right === extent.columns - 1
}

/** Whether nothing but the active cell is selected. */
export function isSingleCell({ ranges: [range, ...others] }: Selection): boolean {
  return others.length === 0 && range !== undefined && range.top === range.bottom && range.left === range.right
}

/** The selection after the grid became smaller, or null when no cell is left. */
export function clipSelection(selection: Selection, extent: GridExtent): Selection | null {
  const ranges = selection.ranges.map((range) => clipRange(range, extent)).filter((range) => range !== null)
  if (extent.lines === 0 || extent.columns === 0) return null
  const inside = (place: CellPlace): CellPlace => ({
    line: Math.max(0, Math.min(extent.lines - 1, place.line)),
    column: Math.max(0, Math.min(extent.columns - 1, place.column)),
  })
  const active = inside(selection.active)
  if (ranges.length === 0) return selectCell(active)
  return { active, anchor: inside(selection.anchor), head: inside(selection.head), ranges }
}

/** Where a line is after others came or went; one that went gives way to the next. */
export function spliceLine(line: number, at: number, removed: number, inserted: number): number {
  if (line < at) return line
  return line < at + removed ? at : line + inserted - removed
}

/** The selection after lines came or went above or in it: it stays with the rows that it was on. */
export function spliceSelection(selection: Selection, at: number, removed: number, inserted: number): Selection {
  const shift = (line: number) => spliceLine(line, at, removed, inserted)
  const move = (place: CellPlace): CellPlace => ({ ...place, line: shift(place.line) })
  const ranges = selection.ranges
    .filter(({ top, bottom }) => !(removed > 0 && top >= at && bottom < at + removed))
    .map((range) => {
      const top = shift(range.top)
      const bottomGoes = range.bottom >= at && range.bottom < at + removed
      return { ...range, top, bottom: bottomGoes ? Math.max(top, at - 1) : shift(range.bottom) }
    })
  const active = move(selection.active)
  if (ranges.length === 0) return selectCell(active)
  return { active, anchor: move(selection.anchor), head: move(selection.head), ranges }
}

/**
 * The next cell for Tab or Enter: inside a range of several cells it goes round, from range to range; otherwise null.
 */
export function nextInSelection(selection: Selection, axis: 'line' | 'column', step: 1 | -1): Selection | null {
  if (isSingleCell(selection)) return null
  const place = selection.ranges.findLastIndex((range) =>
    rangeHolds(range, selection.active.line, selection.active.column),
  )
  const range = selection.ranges[place]
  if (range === undefined) return null
  const [width, height] = [range.right - range.left + 1, range.bottom - range.top + 1]
  const [x, y] = [selection.active.column - range.left, selection.active.line - range.top]
  const index = (axis === 'column' ? y * width + x : x * height + y) + step
  const size = width * height
  if (index >= 0 && index < size) return { ...selection, active: cellAt(range, index, axis) }
  const count = selection.ranges.length
  const next = selection.ranges[(place + step + count) % count] ?? range
  const nextSize = (next.right - next.left + 1) * (next.bottom - next.top + 1)
  return { ...selection, active: cellAt(next, step === 1 ? 0 : nextSize - 1, axis) }
}

function cellAt(range: CellRange, index: number, axis: 'line' | 'column'): CellPlace {
  const [width, height] = [range.right - range.left + 1, range.bottom - range.top + 1]
  return axis === 'column'
    ? { line: range.top + Math.floor(index / width), column: range.left + (index % width) }
    : { line: range.top + (index % height), column: range.left + Math.floor(index / height) }
}
