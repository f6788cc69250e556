import type { CellPlace } from '../../grid-state/cell-range.ts'
import type { ViewportState } from './viewport-state.ts'

/** A point of the screen in terms of the grid. */
export interface GridPoint extends CellPlace {
  readonly area: 'gutter' | 'cell' | 'below' | 'beside'
}

/** A point of the screen, and how the grid lies under it. */
export interface ScreenPoint {
  readonly clientX: number
  readonly clientY: number
  /** The box of all panes, header and footer. */
  readonly box: DOMRect
  readonly headPx: number
  readonly widthPx: number
  readonly offsetPx: number
  readonly sidewaysPx: number
}

/** The cell at a point of the screen; outside of the cells the nearest one. */
export function pointAt(state: ViewportState, point: ScreenPoint): GridPoint {
  const { box, clientX, clientY, widthPx, sidewaysPx } = point
  const x = state.isRtl ? box.right - clientX : clientX - box.left
  const y = clientY - box.top - point.headPx
  const { panes, columns } = state.layout
  const line = Math.floor((point.offsetPx + y) / state.rowHeightPx)
  const endFrom = widthPx - panes.end.widthPx
  const pane = x < panes.start.widthPx ? 'start' : panes.end.count > 0 && x >= endFrom ? 'end' : 'center'
  const inPane = pane === 'start' ? x : pane === 'end' ? x - endFrom : x - panes.start.widthPx + sidewaysPx
  const { first, count } = panes[pane]
  const after = columns.slice(first, first + count).findIndex(({ startPx, widthPx: px }) => inPane < startPx + px)
  const isBeside = after === -1 && pane === 'center'
  const isGutter = pane === 'start' && (count === 0 || inPane < (columns[first]?.startPx ?? 0))
  return {
    line: Math.max(0, Math.min(state.lines.count - 1, line)),
    column: after === -1 ? Math.max(0, first + count - 1) : first + after,
    area: line >= state.lines.count ? 'below' : isGutter ? 'gutter' : isBeside ? 'beside' : 'cell',
  }
}
