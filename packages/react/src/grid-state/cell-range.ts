/** A cell by its line and its place among the visible columns, both from 0. */
export interface CellPlace {
  readonly line: number
  readonly column: number
}

/** A rectangle of cells, all four edges inside. */
export interface CellRange {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** The extent of a grid; both at least 0. */
export interface GridExtent {
  readonly lines: number
  readonly columns: number
}

export function rangeBetween(a: CellPlace, b: CellPlace): CellRange {
  return {
    top: Math.min(a.line, b.line),
    bottom: Math.max(a.line, b.line),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  }
}

export function rangeHolds(range: CellRange, line: number, column: number): boolean {
  return line >= range.top && line <= range.bottom && column >= range.left && column <= range.right
}

/** How many cells. */
export function rangeSize(range: CellRange): number {
  return (range.bottom - range.top + 1) * (range.right - range.left + 1)
}

/** The part of a range inside the grid, or null where there is none. */
export function clipRange(range: CellRange, extent: GridExtent): CellRange | null {
  const clipped = {
    top: Math.max(0, range.top),
    left: Math.max(0, range.left),
    bottom: Math.min(extent.lines - 1, range.bottom),
    right: Math.min(extent.columns - 1, range.right),
  }
  return clipped.top > clipped.bottom || clipped.left > clipped.right ? null : clipped
}
