import type { BenchData } from './bench-data.ts'
import type { Contender } from './contender.ts'

/** When a canvas was last drawn on. */
let drawnAt = 0
for (const name of ['fillRect', 'strokeRect', 'fillText', 'drawImage', 'stroke', 'fill', 'clearRect'] as const) {
  const draw = CanvasRenderingContext2D.prototype[name] as (...values: unknown[]) => unknown
  Object.defineProperty(CanvasRenderingContext2D.prototype, name, {
    value(this: CanvasRenderingContext2D, ...values: unknown[]) {
      drawnAt = performance.now()
      return draw.apply(this, values)
    },
  })
}

/** A key that has shown nothing after so long went elsewhere, in ms. */
const lostMs = 1_000

export interface WatchedGrid {
  readonly contender: Contender
  readonly host: HTMLElement
  readonly data: BenchData
}

/**
 * Waits for the next key and gives the ms from its press to the end of the first frame that shows what it asked for: the
 * mark at another cell, or the text that it wrote, in a cell. A grid of pixels has shown the mark when it has drawn after
 * the key, and a text when it has drawn after it wrote it. NaN if that was not within a second.
 */
export function nextKey({ contender, host, data }: WatchedGrid, text: string | null): Promise<number> {
  const { mark } = contender
  const before = mark?.()
  const isShown = (sinceMs: number): boolean => {
    if (mark === undefined) return drawnAt > (text === null ? sinceMs : Math.max(sinceMs, data.wroteAt ?? Infinity))
    return text === null ? mark() !== before : (host.textContent ?? '').includes(text)
  }
  return new Promise((resolve) => {
    const onKey = (event: KeyboardEvent) => {
      const channel = new MessageChannel()
      // The task after the frame: what was drawn for it is committed.
      channel.port1.onmessage = () => {
        const now = performance.now()
        if (isShown(event.timeStamp)) resolve(now - event.timeStamp)
        else if (now - event.timeStamp > lostMs) resolve(Number.NaN)
        else requestAnimationFrame(frame)
      }
      const frame = () => channel.port2.postMessage(null)
      requestAnimationFrame(frame)
    }
    addEventListener('keydown', onKey, { capture: true, once: true })
    setTimeout(() => resolve(Number.NaN), 2 * lostMs)
  })
}
