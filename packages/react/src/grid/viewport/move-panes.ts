import type { ViewportElements } from './create-viewport.ts'
import type { Panes } from './row-pool.ts'

/** How far the content is moved, in px of the screen. */
export interface PaneOffsets {
  /** Of the scrolling columns. */
  readonly xPx: number
  /** Of all lines. */
  readonly yPx: number
  /** Where the last line ends. */
  readonly tailTopPx: number
  /** Whether anything is drawn over the cells. */
  readonly hasMarks: boolean
}

/** Moves all that scrolls to where it belongs. What goes in one direction only is left alone while it does not move. */
export function paneMover({ panes, marks, lanes, tail }: ViewportElements): (to: PaneOffsets) => void {
  const moveCells = panesMover(panes)
  const moveMarks = panesMover(marks)
  let [lanesPx, tailPx] = [Number.NaN, Number.NaN]
  return ({ xPx, yPx, tailTopPx, hasMarks }) => {
    moveCells(xPx, yPx)
    if (hasMarks) moveMarks(xPx, yPx)
    if (lanesPx !== xPx) for (const lane of lanes) moveSideways(lane, xPx)
    if (tailPx !== tailTopPx && tail !== null) tail.style.transform = `translateY(${tailTopPx}px)`
    lanesPx = xPx
    tailPx = tailTopPx
  }
}

export function moveSideways(lane: HTMLElement, xPx: number): void {
  lane.style.transform = `translateX(${xPx}px)`
}

function panesMover({ start, center, end }: Panes): (xPx: number, yPx: number) => void {
  let [movedX, movedY] = [Number.NaN, Number.NaN]
  return (xPx, yPx) => {
    if (movedY !== yPx) {
      start.style.transform = `translateY(${yPx}px)`
      end.style.transform = `translateY(${yPx}px)`
    }
    if (movedX !== xPx || movedY !== yPx) center.style.transform = `translate(${xPx}px,${yPx}px)`
    movedX = xPx
    movedY = yPx
  }
}
