import type { Contender } from './contender.ts'

/** Where a grid is looked at: down the middle of columns that are never empty. */
const xPx = 450
const ysPx = Array.from({ length: 20 }, (_, i) => 60 + i * 40)
/** What is higher is no row but what the rows stand in. */
const highestRowPx = 120

export interface BlankWatch {
  /** Frames in which the grid was scrolled, and those of them that showed no row somewhere. */
  stop(): { readonly frames: number; readonly blank: number }
}

/**
 * Watches a grid that is scrolled by the compositor. When the page learns of a new position, the browser has it on the
 * screen already, with the rows drawn for the position before: a place without one of those is blank to the user. So
 * this looks first, before the grid's own listeners draw.
 */
export function watchBlank({ isCanvas = false }: Contender): BlankWatch {
  let [frames, blank, last] = [0, 0, -1]
  const hasRow = (y: number) => {
    const elements = document.elementsFromPoint(xPx, y)
    if (isCanvas) return elements.some((element) => element instanceof HTMLCanvasElement)
    return elements.some((element) => {
      const text = element.textContent ?? ''
      return text !== '' && element.getBoundingClientRect().height <= highestRowPx
    })
  }
  const onScroll = () => {
    const now = performance.now()
    // Grids move several elements in one frame.
    if (now - last < 4) return
    last = now
    frames += 1
    if (!ysPx.every(hasRow)) blank += 1
  }
  addEventListener('scroll', onScroll, true)
  return {
    stop() {
      removeEventListener('scroll', onScroll, true)
      return { frames, blank }
    },
  }
}
