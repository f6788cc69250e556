import { setTimeout } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'

/** How a grid is scrolled, in px per frame of the page. */
export interface Scroll {
  readonly name: string
  readonly xPx: number
  readonly yPx: number
}

/** CPU time of the page's main thread, in ms. */
async function threadMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
}

/** Scrolls by script for some frames and gives the main thread's CPU time per frame. */
export async function scrollCpu(page: Page, session: CDPSession, scroll: Scroll, frames: number): Promise<number> {
  await page.evaluate(() => {
    const scroller = document.querySelector(window.bench.scroller)
    scroller?.scrollTo(0, 0)
  })
  await page.waitForTimeout(300)
  const before = await threadMs(session)
  await page.evaluate(
    ([x, y, count]) =>
      new Promise<void>((resolve) => {
        const scroller = document.querySelector(window.bench.scroller)
        let frame = 0
        const turn = () => {
          // There and back, so that no grid meets its end.
          const sign = x !== 0 && Math.floor((frame * x) / 1_500) % 2 === 1 ? -1 : 1
          scroller?.scrollBy(x * sign, y)
          if (++frame < count) requestAnimationFrame(turn)
          else requestAnimationFrame(() => resolve())
        }
        requestAnimationFrame(turn)
      }),
    [scroll.xPx, scroll.yPx, frames] as const,
  )
  return ((await threadMs(session)) - before) / frames
}

/**
 * Presses keys one after another and gives the ms from each press to the end of the last frame in which it changed
 * something that is seen. A key that changes nothing is a fault of the measure, not a fast grid.
 */
export async function keyLatency(page: Page, keys: readonly string[]): Promise<readonly number[]> {
  const samples: number[] = []
  for (const [place, key] of keys.entries()) {
    await page.evaluate(() => {
      Object.assign(window, { shown: window.bench.nextKey() })
    })
    await page.keyboard.press(key)
    const ms = await page.evaluate(() => (window as unknown as { shown: Promise<number> }).shown)
    if (Number.isNaN(ms)) throw new Error(`${key}, pressed as key ${place + 1}, changed nothing on the page.`)
    samples.push(ms)
  }
  return samples
}

/** The wheel sends an event so often, in ms. */
const wheelMs = 16

/**
 * Turns a real wheel at a speed and gives the share of frames, in percent, in which the browser showed no row in some
 * part of the grid. Looks at what is really painted, since the compositor scrolls ahead of the page.
 */
export async function blankFrames(page: Page, pxPerSecond: number, forMs: number): Promise<number> {
  // A session for each film: a second film in one session gets no frames.
  const session = await page.context().newCDPSession(page)
  const shots: string[] = []
  session.on('Page.screencastFrame', ({ data, sessionId }) => {
    shots.push(data)
    void session.send('Page.screencastFrameAck', { sessionId }).catch(() => {})
  })
  await session.send('Page.startScreencast', { format: 'jpeg', quality: 70, maxWidth: 700, maxHeight: 450 })
  try {
    const start = performance.now()
    let turnedPx = 0
    for (let ms = 0; ms < forMs; ms = performance.now() - start) {
      const duePx = (ms / 1_000) * pxPerSecond
      const wheel = { type: 'mouseWheel', x: 700, y: 500, deltaX: 0, deltaY: duePx - turnedPx } as const
      void session.send('Input.dispatchMouseEvent', wheel).catch(() => {})
      turnedPx = duePx
      await setTimeout(wheelMs)
    }
  } finally {
    await session.send('Page.stopScreencast')
    await session.detach()
  }
  if (shots.length < 5) throw new Error(`The film of the wheel at ${pxPerSecond} px/s has ${shots.length} frames.`)
  return (100 * (await countBlank(page, shots))) / shots.length
}

/** How many pictures have a stretch of the scrolling columns without a row. */
async function countBlank(page: Page, shots: readonly string[]): Promise<number> {
  return await page.evaluate(async (images) => {
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (context === null) throw new Error('There is no canvas to look at pictures with.')
    // Strips higher than a row, over columns that are never empty: one of a single shade shows no row.
    const [left, width, height] = [150, 150, 24]
    const isBlank = (top: number) => {
      const { data } = context.getImageData(left, top, width, height)
      let [darkest, lightest] = [255, 0]
      for (let i = 0; i < data.length; i += 4) {
        const shade = ((data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0)) / 3
        darkest = Math.min(darkest, shade)
        lightest = Math.max(lightest, shade)
      }
      return lightest - darkest < 40
    }
    let count = 0
    for (const image of images) {
      const bitmap = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${image}`)).blob())
      canvas.width = bitmap.width
      canvas.height = bitmap.height
      context.drawImage(bitmap, 0, 0)
      let top = 24
      while (top + height < bitmap.height - 24 && !isBlank(top)) top += 10
      if (top + height < bitmap.height - 24) count += 1
    }
    return count
  }, shots)
}

/** MB of live objects on the page. */
export async function heapMb(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 1_048_576
}
