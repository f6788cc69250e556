import type { CellPlace, GridExtent } from './cell-range.ts'

export type Direction = 'up' | 'down' | 'left' | 'right'

/** Where a key may lead. Left is towards the first column, whichever way the page reads. */
export type Motion =
  | { readonly kind: 'step'; readonly direction: Direction }
  /** To the edge of the data: the last filled cell before a gap, or the next filled one. */
  | { readonly kind: 'edge'; readonly direction: Direction }
  | { readonly kind: 'page'; readonly direction: Direction }
  | { readonly kind: 'line-start' }
  | { readonly kind: 'line-end' }
  | { readonly kind: 'grid-start' }
  | { readonly kind: 'grid-end' }

export interface NavigationContext {
  readonly extent: GridExtent
  /** Lines and columns that fit on the screen, for paging. */
  readonly page: { readonly lines: number; readonly columns: number }
  /** Whether a cell holds nothing; undefined where that is not known because its row is not loaded. */
  isEmpty(place: CellPlace): boolean | undefined
}

const steps: Readonly<Record<Direction, readonly [lines: number, columns: number]>> = {
  up: [-1, 0],
  down: [1, 0],
  left: [0, -1],
  right: [0, 1],
}

/** The cell that a motion leads to; the same one where there is nowhere to go. */
export function navigate(from: CellPlace, motion: Motion, context: NavigationContext): CellPlace {
  const { extent, page } = context
  const inside = (line: number, column: number): CellPlace => ({
    line: Math.max(0, Math.min(extent.lines - 1, line)),
    column: Math.max(0, Math.min(extent.columns - 1, column)),
  })
  switch (motion.kind) {
    case 'step': {
      const [lines, columns] = steps[motion.direction]
      return inside(from.line + lines, from.column + columns)
    }
    case 'page': {
      const [lines, columns] = steps[motion.direction]
      return inside(
        from.line + lines * Math.max(1, page.lines - 1),
        from.column + columns * Math.max(1, page.columns - 1),
      )
    }
    case 'edge':
      return edgeOfData(from, motion.direction, context)
    case 'line-start':
      return inside(from.line, 0)
    case 'line-end':
      return inside(from.line, extent.columns - 1)
    case 'grid-start':
      return inside(0, 0)
    case 'grid-end':
      return inside(extent.lines - 1, extent.columns - 1)
  }
  motion satisfies never
}

function edgeOfData(from: CellPlace, direction: Direction, { extent, isEmpty }: NavigationContext): CellPlace {
  const [lines, columns] = steps[direction]
  const last: CellPlace = {
    line: lines === 0 ? from.line : lines < 0 ? 0 : extent.lines - 1,
    column: columns === 0 ? from.column : columns < 0 ? 0 : extent.columns - 1,
  }
  const distance = Math.abs(last.line - from.line) + Math.abs(last.column - from.column)
  const cell = (n: number): CellPlace => ({ line: from.line + n * lines, column: from.column + n * columns })
  if (distance === 0) return from
  const leavesData = isEmpty(from) !== false || isEmpty(cell(1)) !== false
  for (let n = 1; n <= distance; n++) {
    const empty = isEmpty(cell(n))
    // What is not loaded cannot be looked at: the far edge is the best guess, and the same at every press.
    if (empty === undefined) return last
    if (leavesData && !empty) return cell(n)
    if (!leavesData && empty) return cell(n - 1)
  }
  return last
}
