import type { Browser, CDPSession, Page } from 'playwright-core'
import { frameParts } from './frame-parts.ts'
import { blankFrames, heapMb, heldRestMs, keyLatency, type Scroll, scrollCpu, scrollFrames } from './page-run.ts'
import type { Samples } from './samples.ts'

const frames = 75
const scrolls: readonly Scroll[] = [
  { name: 'slow scroll', xPx: 0, yPx: 20 },
  { name: 'fast scroll', xPx: 0, yPx: 1_200 },
  { name: 'sideways scroll', xPx: 20, yPx: 0 },
]
const wheelSpeeds = [4_000, 20_000]
/** A cell of the first column, whose type takes any text. */
const firstCell = { x: 150, y: 300 }
const arrowKeys = Array.from(
  { length: 40 },
  (_, i) => ['ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowLeft'][i % 4] ?? '',
)
const edits = 10

export interface GridMeasure {
  readonly url: string
  readonly grid: string
  readonly samples: Samples
  /** What hardly differs between rounds is measured in the first only. */
  readonly isFirst: boolean
  /** Whether a figure is asked for; what leads to none is left out. */
  isWanted(figure: string): boolean
  /** Whether to trace what a scrolled frame is spent on. */
  readonly hasParts: boolean
}

/** All figures of one grid, once, in a window of its own. A figure that cannot be had is told and left out. */
export async function measureGrid(browser: Browser, measure: GridMeasure): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  try {
    await page.goto(`${measure.url}?grid=${measure.grid}`)
    await page.waitForFunction(() => document.title === 'ready')
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    for (const step of [measureMount, measureScrolls, measureWheel, measureArrows, measureCommits]) {
      try {
        await step(page, session, measure)
      } catch (error) {
        tell(measure.grid, error)
      }
    }
  } finally {
    await context.close()
  }
}

function tell(grid: string, error: unknown): void {
  console.error(`${grid}: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
}

type Step = (page: Page, session: CDPSession, measure: GridMeasure) => Promise<void>

const measureMount: Step = async (page, session, { grid, samples }) => {
  const heapBefore = await heapMb(session)
  samples.note('mount', 'ms', grid, [await page.evaluate(() => window.bench.mount())])
  await page.waitForTimeout(500)
  samples.note('heap of the grid', 'MB', grid, [(await heapMb(session)) - heapBefore])
  samples.note('DOM nodes', 'nodes', grid, [await page.evaluate(() => document.getElementsByTagName('*').length)])
}

const measureScrolls: Step = async (page, session, { grid, samples, isWanted, hasParts }) => {
  for (const scroll of scrolls) {
    if (!isWanted(scroll.name)) continue
    try {
      samples.note(scroll.name, 'CPU ms/frame', grid, [await scrollCpu(page, session, scroll, frames)])
      if (!hasParts) continue
      await scrollToTop(page)
      for (const [part, ms] of await frameParts(page, () => scrollFrames(page, scroll, frames))) {
        samples.note(`${scroll.name}: ${part}`, 'CPU ms/frame', grid, [ms / frames])
      }
    } catch (error) {
      tell(grid, error)
    }
  }
}

const measureWheel: Step = async (page, session, { grid, samples, isWanted, isFirst }) => {
  for (const speed of wheelSpeeds) {
    const figure = `blank frames at ${speed.toLocaleString('en-US')} px/s`
    if (!isWanted(figure) || !isFirst) continue
    await scrollToTop(page)
    samples.note(figure, '%', grid, [await blankFrames(page, session, speed)])
  }
}

const measureArrows: Step = async (page, _session, { grid, samples, isWanted, isFirst }) => {
  if (!isWanted('arrow key') || (await isReadOnly(page))) return
  await activateFirstCell(page)
  samples.note('arrow key', 'ms', grid, await keyLatency(page, arrowKeys))
  // So soon after each other, keys wait for the browser's next frame more than for a grid.
  if (!isFirst) return
  await activateFirstCell(page)
  samples.note('arrow key held down', 'ms', grid, await keyLatency(page, arrowKeys, { restMs: heldRestMs }))
}

const measureCommits: Step = async (page, _session, { grid, samples, isWanted }) => {
  if (!isWanted('commit') || (await isReadOnly(page))) return
  await activateFirstCell(page)
  const before = await page.evaluate(() => window.bench.data.writes)
  const commits: number[] = []
  for (let edit = 0; edit < edits; edit++) {
    // A text of its own for each, so that it is seen in the cell and nowhere else.
    const text = `q${edit}z`
    await page.keyboard.type(text)
    await page.waitForTimeout(120)
    commits.push(...(await keyLatency(page, ['Enter'], { text, fewestEffects: 0 })))
    // Not every grid goes down by itself, and to write the same text again is no edit.
    await page.keyboard.press('ArrowDown')
    await page.waitForTimeout(50)
  }
  await page.waitForTimeout(300)
  const written = (await page.evaluate(() => window.bench.data.writes)) - before
  if (written < edits * 0.7) throw new Error(`of ${edits} edits only ${written} were written.`)
  samples.note('commit', 'ms', grid, commits)
}

async function isReadOnly(page: Page): Promise<boolean> {
  return await page.evaluate(() => window.bench.isReadOnly)
}

async function activateFirstCell(page: Page): Promise<void> {
  await scrollToTop(page)
  await page.mouse.click(firstCell.x, firstCell.y)
  await page.waitForTimeout(200)
}

async function scrollToTop(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector(window.bench.scroller)?.scrollTo(0, 0))
  await page.waitForTimeout(250)
}
