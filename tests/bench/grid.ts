import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../e2e/testing/open-browser.ts'
import { servePage } from '../e2e/testing/serve-page.ts'
import { bundleSize } from './grid/bundle-size.ts'
import { blankFrames, heapMb, keyLatency, type Scroll, scrollCpu } from './grid/page-run.ts'
import { createBench } from './harness.ts'
import { percentile } from './statistics.ts'

// Our grid beside others on the same 100,000 × 30 cells in the same run: `pnpm bench:grid [--check] [--grids=opslayer,glide] [--rounds=3]`.

const option = (name: string) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1]
const grids = (option('grids') ?? 'opslayer,glide,ag-grid,react-data-grid,revogrid,mui,tanstack').split(',')
const rounds = Number(option('rounds') ?? 3)
const limit = 'glide'
const frames = 90
const scrolls: readonly Scroll[] = [
  { name: 'slow scroll', xPx: 0, yPx: 20 },
  { name: 'fast scroll', xPx: 0, yPx: 1_200 },
  { name: 'sideways scroll', xPx: 20, yPx: 0 },
]
/** Lets the compositor scroll ahead of the page, as browsers do on real machines. */
const compositor = ['--enable-prefer-compositing-to-lcd-text']

const samples = new Map<string, Map<string, number[]>>()
const units = new Map<string, string>()
const note = (figure: string, unit: string, grid: string, values: readonly number[]) => {
  units.set(figure, unit)
  const byGrid = samples.get(figure) ?? new Map<string, number[]>()
  samples.set(figure, byGrid)
  byGrid.set(grid, [...(byGrid.get(grid) ?? []), ...values.filter((value) => !Number.isNaN(value))])
}

const entries: Readonly<Record<string, string>> = {
  opslayer: `export { GridView, GridProvider, memoryRows } from '@opslayer/react/grid'`,
  glide: `export { DataEditor } from '@glideapps/glide-data-grid'`,
  'ag-grid': `export { AgGridReact } from 'ag-grid-react'; export { AllCommunityModule, ModuleRegistry } from 'ag-grid-community'`,
  'react-data-grid': `export { DataGrid, renderTextEditor } from 'react-data-grid'`,
  revogrid: `export { RevoGrid } from '@revolist/react-datagrid'`,
  mui: `export { DataGrid } from '@mui/x-data-grid'`,
  tanstack: `export { useVirtualizer } from '@tanstack/react-virtual'`,
}

const bench = createBench('grid')
for (const grid of grids) {
  const { entryKb, laterKb } = await bundleSize(entries[grid] ?? '')
  note('bundle, gzip without React', 'KB', grid, [entryKb])
  if (laterKb > 0) note('bundle loaded on demand', 'KB', grid, [laterKb])
}

await using page = await servePage(join(import.meta.dirname, 'grid/page'), { minify: true })
const browser = await openBrowser(compositor)
try {
  for (let round = 0; round < rounds; round++) {
    // Another order in each round, so that none always comes first.
    for (const grid of [...grids.slice(round % grids.length), ...grids.slice(0, round % grids.length)]) {
      try {
        const start = performance.now()
        await measureGrid(browser, page.url, grid)
        console.log(`${grid}, round ${round + 1} of ${rounds}: ${Math.round((performance.now() - start) / 1_000)} s`)
      } catch (error) {
        console.error(`${grid}: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
      }
    }
  }
} finally {
  await browser.close()
}

for (const [figure, byGrid] of samples) {
  const limits = byGrid.get(limit)
  for (const [grid, values] of byGrid) {
    if (values.length === 0) continue
    const name = grid === 'opslayer' ? figure : `${figure}: ${grid}`
    bench.record(name, units.get(figure) ?? '', values, limits?.some((each) => each > 0) === true ? limits : undefined)
  }
}
bench.finish()

async function measureGrid(tabs: Browser, url: string, grid: string): Promise<void> {
  const context = await tabs.newContext({ viewport: { width: 1400, height: 900 } })
  const tab = await context.newPage()
  tab.setDefaultTimeout(20_000)
  try {
    await tab.goto(`${url}?grid=${grid}`)
    await tab.waitForFunction(() => document.title === 'ready')
    const session = await context.newCDPSession(tab)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const heapBefore = await heapMb(session)
    note('mount', 'ms', grid, [await tab.evaluate(() => window.bench.mount())])
    await tab.waitForTimeout(500)
    note('heap of the grid', 'MB', grid, [(await heapMb(session)) - heapBefore])
    note('DOM nodes', 'nodes', grid, [await tab.evaluate(() => document.getElementsByTagName('*').length)])
    for (const scroll of scrolls)
      note(scroll.name, 'CPU ms/frame', grid, [await scrollCpu(tab, session, scroll, frames)])
    await tab.evaluate(() => document.querySelector(window.bench.scroller)?.scrollTo(0, 0))
    await tab.waitForTimeout(200)
    for (const speed of [4_000, 20_000]) {
      note(`blank frames at ${speed.toLocaleString('en-US')} px/s`, '%', grid, [await blankFrames(tab, session, speed)])
      await tab.evaluate(() => document.querySelector(window.bench.scroller)?.scrollTo(0, 0))
    }
    await tab.waitForTimeout(300)
    await tab.mouse.click(420, 300)
    await tab.waitForTimeout(100)
    const keys = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 'ArrowDown' : 'ArrowRight'))
    const arrows = await keyLatency(tab, keys)
    note('arrow key', 'ms', grid, arrows)
    note('arrow key, p95', 'ms', grid, arrows.length === 0 ? [] : [percentile(arrows, 0.95)])
    if (grid !== 'tanstack') {
      await tab.mouse.click(420, 300)
      const commits = await keyLatency(tab, Array.from({ length: 10 }, () => ['x', 'Enter']).flat())
      const written = commits.filter((_, i) => i % 2 === 1)
      note('commit', 'ms', grid, written)
      note('commit, p95', 'ms', grid, written.length === 0 ? [] : [percentile(written, 0.95)])
    }
  } finally {
    await context.close()
  }
}
