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
 * Presses keys one after another and gives the ms from each press to the end of the frame that follows it, the
 * browser's own time for the key included.
 */
export async function keyLatency(page: Page, keys: readonly string[]): Promise<readonly number[]> {
  await page.evaluate(() => {
    const samples: number[] = []
    const onKey = (event: KeyboardEvent) => {
      const start = event.timeStamp
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => samples.push(performance.now() - start)
        channel.port2.postMessage(null)
      })
    }
    addEventListener('keydown', onKey, true)
    Object.assign(window, { keySamples: samples })
  })
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(40)
  }
  return await page.evaluate(() => (window as unknown as { keySamples: number[] }).keySamples)
}

/**
 * Turns a real wheel at a speed and counts the frames in which the browser showed no row in some part of the grid: it
 * looks at what is really painted, since scrolling runs ahead of the page.
 */
export async function blankFrames(page: Page, session: CDPSession, pxPerSecond: number): Promise<number> {
  const shots: Buffer[] = []
  session.on('Page.screencastFrame', ({ data, sessionId }) => {
    shots.push(Buffer.from(data, 'base64'))
    void session.send('Page.screencastFrameAck', { sessionId }).catch(() => {})
  })
  await session.send('Page.startScreencast', {
    format: 'jpeg',
    quality: 50,
    maxWidth: 700,
    maxHeight: 450,
    everyNthFrame: 1,
  })
  await session.send('Input.synthesizeScrollGesture', {
    x: 700,
    y: 500,
    yDistance: -pxPerSecond * 1.5,
    speed: pxPerSecond,
    gestureSourceType: 'mouse',
  })
  await session.send('Page.stopScreencast')
  const blank = await page.evaluate(
    async (images) => {
      const canvas = document.createElement('canvas')
      const context = canvas.getContext('2d', { willReadFrequently: true })
      let count = 0
      for (const image of images) {
        const bitmap = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${image}`)).blob())
        canvas.width = bitmap.width
        canvas.height = bitmap.height
        context?.drawImage(bitmap, 0, 0)
        // Strips two rows high inside the scrolling columns: one of a single shade shows no row.
        const height = 40
        let hasBlank = false
        for (let top = 30; top + height < bitmap.height - 20; top += height) {
          const { data } = context?.getImageData(150, top, 150, height) ?? { data: [] }
          let [darkest, lightest] = [255, 0]
          for (let i = 0; i < data.length; i += 4) {
            const shade = ((data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0)) / 3
            darkest = Math.min(darkest, shade)
            lightest = Math.max(lightest, shade)
          }
          if (lightest - darkest < 60) hasBlank = true
        }
        if (hasBlank) count += 1
      }
      return count
    },
    shots.map((shot) => shot.toString('base64')),
  )
  return shots.length === 0 ? Number.NaN : (100 * blank) / shots.length
}

/** MB of live objects on the page. */
export async function heapMb(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 1_048_576
}
