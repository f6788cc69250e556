import { setTimeout } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'
import type { BlankWatch } from './page/blank-watch.ts'

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
  await page.evaluate(() => document.querySelector(window.bench.scroller)?.scrollTo(0, 0))
  await page.waitForTimeout(300)
  const before = await threadMs(session)
  const movedPx = await scrollFrames(page, scroll, frames)
  const ms = ((await threadMs(session)) - before) / frames
  // A grid that stands still is no fast one.
  if (movedPx < 0.9 * frames * (scroll.xPx + scroll.yPx)) {
    throw new Error(`${scroll.name} moved by ${movedPx} px only.`)
  }
  return ms
}

/** Scrolls from where the grid is, and gives the px that it moved. */
export async function scrollFrames(page: Page, { xPx, yPx }: Scroll, frames: number): Promise<number> {
  return await page.evaluate(
    ([x, y, count]) =>
      new Promise<number>((resolve) => {
        const scroller = document.querySelector(x === 0 ? window.bench.scroller : window.bench.sideScroller)
        const place = () => [scroller?.scrollLeft ?? 0, scroller?.scrollTop ?? 0] as const
        let frame = 0
        let moved = 0
        let [left, top] = place()
        const turn = () => {
          // Where it is a frame later counts: some grids put a scroller back.
          const [nowLeft, nowTop] = place()
          moved += Math.abs(nowLeft - left) + Math.abs(nowTop - top)
          left = nowLeft
          top = nowTop
          if (frame === count) return resolve(moved)
          // There and back, so that no grid meets its end.
          const sign = x !== 0 && Math.floor((frame * x) / 1_500) % 2 === 1 ? -1 : 1
          scroller?.scrollBy(x * sign, y)
          frame += 1
          requestAnimationFrame(turn)
        }
        requestAnimationFrame(turn)
      }),
    [xPx, yPx, frames] as const,
  )
}

/** When so many keys showed nothing and none anything, the grid takes none. */
const mostLost = 8

/** Between keys that are pressed fast by hand. */
const pressedRestMs = 100
/** Between those that a keyboard sends for a key that is held down. */
export const heldRestMs = 33
const frameMs = 1_000 / 60
/** Multiples of it, without their whole part, are spread evenly over any share of 0 to 1. */
const goldenShare = 0.618_034

/**
 * Presses keys one after another and gives the ms from each press to the end of the first frame that shows what it asked
 * for: the mark at another cell, or `text` in a cell.
 *
 * People press keys at any time within a frame, and so does this. A key that followed on the frame before it would come
 * at the same time in each, so that what is measured is how long browsers take from one frame to the next: the more a
 * grid works in a frame, the less is left to wait.
 *
 * @param fewestEffects share of the keys that must show something
 * @param restMs how long the grid rests before each key at least; the time within a frame comes on top
 */
export async function keyLatency(
  page: Page,
  keys: readonly string[],
  {
    text = null,
    fewestEffects = 0.7,
    restMs = pressedRestMs,
  }: { readonly text?: string | null; readonly fewestEffects?: number; readonly restMs?: number } = {},
): Promise<readonly number[]> {
  const samples: number[] = []
  let lost = 0
  for (const [place, key] of keys.entries()) {
    await setTimeout(restMs + frameMs * ((place * goldenShare) % 1))
    await page.evaluate((awaited) => {
      Object.assign(window, { shown: window.bench.nextKey(awaited) })
    }, text)
    await page.keyboard.press(key)
    const ms = await page.evaluate(() => (window as unknown as { shown: Promise<number> }).shown)
    if (!Number.isNaN(ms)) samples.push(ms)
    // Each key that is lost costs a second.
    else if (++lost >= mostLost && samples.length === 0) break
  }
  // One that a busy page dropped is no measure; a grid that takes none of them was asked the wrong way.
  if (samples.length < keys.length * fewestEffects) {
    throw new Error(`of ${samples.length + lost} keys only ${samples.length} showed what they asked for.`)
  }
  return samples
}

/** The wheel sends an event so often, in ms. */
const wheelMs = 16
/** How long the wheel is turned, in ms. */
const turnMs = 1_500

/**
 * Turns a real wheel at a speed, which the compositor scrolls by ahead of the page, and gives the share of frames, in
 * percent, in which some part of the grid showed no row. (A film of the screen would be the plainer measure, but the
 * browser takes next to no pictures while both cores are busy.)
 */
export async function blankFrames(page: Page, session: CDPSession, pxPerSecond: number): Promise<number> {
  await page.evaluate(() => {
    Object.assign(window, { watch: window.bench.watchBlank() })
  })
  const start = performance.now()
  let turnedPx = 0
  for (let ms = 0; ms < turnMs; ms = performance.now() - start) {
    const duePx = (ms / 1_000) * pxPerSecond
    const wheel = { type: 'mouseWheel', x: 700, y: 500, deltaX: 0, deltaY: duePx - turnedPx } as const
    void session.send('Input.dispatchMouseEvent', wheel).catch(() => {})
    turnedPx = duePx
    await setTimeout(wheelMs)
  }
  const { frames, blank } = await page.evaluate(() => (window as unknown as { watch: BlankWatch }).watch.stop())
  if (frames < 10) throw new Error(`the wheel at ${pxPerSecond} px/s scrolled in only ${frames} frames.`)
  return (100 * blank) / frames
}

/** MB of live objects on the page. */
export async function heapMb(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 1_048_576
}
