import type { GridController } from './controller/create-grid.ts'
import type { GridPoint } from './viewport/point-at.ts'

/** The most that one frame scrolls, in px. */
const fastestPx = 60
/** A drag this near to an edge scrolls already: at the edge of the screen there is no further to go. */
const edgePx = 16

/** Reports the cell under a dragged pointer, and scrolls while the pointer is outside of the cells. */
export function autoScroll(grid: GridController, onCell: (point: GridPoint) => void) {
  let [x, y, frame] = [0, 0, 0]
  const report = () => {
    const point = grid.core.viewport()?.pointAt(x, y)
    if (point !== undefined) onCell(point)
  }
  const turn = () => {
    frame = 0
    const viewport = grid.core.viewport()
    const box = viewport?.cellsBox()
    if (viewport === null || box === undefined) return
    const beyond = (at: number, from: number, to: number) =>
      Math.max(
        -fastestPx,
        Math.min(fastestPx, at < from + edgePx ? at - from - edgePx : at > to - edgePx ? at - to + edgePx : 0),
      )
    const [dx, dy] = [beyond(x, box.left, box.right), beyond(y, box.top, box.bottom)]
    if (dx === 0 && dy === 0) return
    viewport.scrollBy(dx / 2, dy / 2)
    report()
    frame = requestAnimationFrame(turn)
  }
  return {
    move(clientX: number, clientY: number): void {
      x = clientX
      y = clientY
      report()
      if (frame === 0) frame = requestAnimationFrame(turn)
    },
    stop(): void {
      cancelAnimationFrame(frame)
    },
  }
}
