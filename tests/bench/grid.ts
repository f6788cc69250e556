import { join } from 'node:path'
import { openBenchBrowser } from '../e2e/testing/open-browser.ts'
import { servePage } from '../e2e/testing/serve-page.ts'
import { bundleSize } from './grid/bundle-size.ts'
import { measureGrid } from './grid/measure-grid.ts'
import { createSamples } from './grid/samples.ts'
import { createBench } from './harness.ts'
import { median, percentile } from './statistics.ts'

// Our grid beside others on the same 100,000 × 30 cells in the same run:
// `pnpm bench:grid [--check] [--only=scroll,commit] [--grids=opslayer,glide] [--rounds=3] [--minutes=6] [--parts]`.
// In all rounds but the last, peers are only scrolled, and only those of them that may be the fastest: ours must not be slower.
// `--parts` also traces what a scrolled frame is spent on: script, style, layout, paint and so on.
// `--grids=probe-elements,probe-pixels --only=arrow` checks how keys are measured: both must come out alike.

const option = (name: string) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1]
const grids = (option('grids') ?? 'opslayer,glide,ag-grid,react-data-grid,revogrid,mui,tanstack').split(',')
const rounds = Number(option('rounds') ?? 3)
const only = option('only')?.split(',')
const isWanted = (figure: string) => only?.some((each) => figure.includes(each) || each.includes(figure)) ?? true
const isScroll = (figure: string) => figure.endsWith(' scroll')
const hasParts = process.argv.includes('--parts')
/** Nothing is begun after so long, so that what was measured is reported. */
const budgetMs = Number(option('minutes') ?? 6) * 60_000
/** The grid that ours is compared with; drawn on a canvas, which is hard to beat with elements. */
const limit = 'glide'
/** Those that ours must be at least as fast as when scrolling. MUI's free edition shows 100 rows at a time. */
const peers = ['ag-grid', 'react-data-grid', 'revogrid', 'mui', 'tanstack']
/** The others take twice the time of these, so the fastest is among them. */
const fastPeers = ['ag-grid', 'react-data-grid', 'tanstack']
/** Lets the compositor scroll ahead of the page, as browsers do on real machines. */
const compositor = ['--enable-prefer-compositing-to-lcd-text']

const entries: Readonly<Record<string, string>> = {
  opslayer: `export { GridView, GridProvider, memoryRows } from '@opslayer/react/grid'`,
  glide: `export { DataEditor } from '@glideapps/glide-data-grid'`,
  'ag-grid': `export { AgGridReact } from 'ag-grid-react'; export { AllCommunityModule, ModuleRegistry } from 'ag-grid-community'`,
  'react-data-grid': `export { DataGrid, renderTextEditor } from 'react-data-grid'`,
  revogrid: `export { RevoGrid } from '@revolist/react-datagrid'`,
  mui: `export { DataGrid } from '@mui/x-data-grid'`,
  tanstack: `export { useVirtualizer } from '@tanstack/react-virtual'`,
}

// What is measured is reported: `--only` is ours, and knows several names.
const bench = createBench('grid', { args: process.argv.filter((arg) => !arg.startsWith('--only=')) })
const samples = createSamples()
if (isWanted('bundle')) {
  for (const grid of grids) {
    const { entryKb, laterKb } = await bundleSize(entries[grid] ?? '')
    samples.note('bundle, gzip without React', 'KB', grid, [entryKb])
    if (laterKb > 0) samples.note('bundle loaded on demand', 'KB', grid, [laterKb])
  }
}

if (only?.every((each) => each.includes('bundle')) !== true) {
  await using page = await servePage(join(import.meta.dirname, 'grid/page'))
  const browser = await openBenchBrowser(compositor)
  try {
    for (let round = 0; round < rounds; round++) {
      const isLast = round === rounds - 1
      const inRound = grids.filter((grid) => isLast || !peers.includes(grid) || fastPeers.includes(grid))
      // Another order in each round, so that none always comes first.
      const turn = round % inRound.length
      for (const grid of [...inRound.slice(turn), ...inRound.slice(0, turn)]) {
        const start = performance.now()
        if (start > budgetMs) {
          console.error(`${grid}, round ${round + 1}: left out, since the time is up.`)
          continue
        }
        const isWhole = isLast || !peers.includes(grid)
        await measureGrid(browser, {
          url: page.url,
          grid,
          samples,
          isWanted: (figure) => isWanted(figure) && (isWhole || isScroll(figure)),
          hasParts,
          isFirst: round === 0,
        })
        console.log(`${grid}, round ${round + 1} of ${rounds}: ${Math.round((performance.now() - start) / 1_000)} s`)
      }
    }
  } finally {
    await browser.close()
  }
}

/** Ours goes by the figure's name, the others have theirs behind it. */
function report(figure: string, unit: string, byGrid: ReadonlyMap<string, readonly number[]>): void {
  const limits = byGrid.get(limit)
  for (const [grid, values] of byGrid) {
    // Such as a grid that did not answer a single key in time.
    if (values.length === 0) {
      console.error(`${grid}: nothing to say of ${figure}.`)
      continue
    }
    const name = grid === 'opslayer' ? figure : `${figure}: ${grid}`
    bench.record(name, unit, values, limits?.some((each) => each > 0) === true ? limits : undefined)
  }
}

for (const { figure, unit, byGrid } of samples.figures()) {
  report(figure, unit, byGrid)
  if (figure.startsWith('arrow key') || figure === 'commit') {
    const answered = [...byGrid].filter(([, values]) => values.length > 0)
    const p95 = answered.map(([grid, values]) => [grid, [percentile(values, 0.95)]] as const)
    report(`${figure}, p95`, unit, new Map(p95))
  }
  if (isScroll(figure)) {
    // The peer with the lowest median: the lowest single sample of them all would be luck, and more of it with every peer.
    const peersValues = peers.map((peer) => byGrid.get(peer) ?? []).filter(({ length }) => length > 0)
    const fastest = peersValues.toSorted((a, b) => median(a) - median(b))[0]
    const ours = byGrid.get('opslayer')
    if (fastest !== undefined && ours !== undefined) bench.record(`${figure} beside peers`, unit, ours, fastest)
  }
}
bench.finish()
