import { startServer } from '../databases/start-server.ts'
import { jumpAround, startOtherUser } from '../e2e/testing/jump-around.ts'
import { openBenchBrowser } from '../e2e/testing/open-browser.ts'
import { startLeads } from '../e2e/testing/start-leads.ts'
import { createBench } from './harness.ts'

// 1,000,000 rows of the real server in a browser, the scroll bar dragged anywhere: `pnpm bench:grid-live [--rows=1000000]
// [--jumps=500] [--check]`. First alone, then while another user makes and deletes rows.

const option = (name: string) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1]
const rows = Number(option('rows') ?? 1_000_000)
const jumps = Number(option('jumps') ?? 500)
/** What another user does in the time of all jumps. */
const most = 2_000

const bench = createBench('grid-live')
const next = () => bench.random.next()
{
  await using database = await startServer({ version: 18, durable: true })
  await using leads = await startLeads({ rows, database: database.url })
  const browser = await openBenchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
    await page.goto(`${leads.url}?scene=server&table=${leads.tableId}`)
    await page.locator('.ops-row:not(.ops-loading)').first().waitFor()
    const alone = await jumpAround(page, { jumps: Math.ceil(jumps / 5), next, changes: 0 })
    bench.record('jump, alone', 'ms', alone.latencies)
    const other = startOtherUser(leads, { rows, next, most, pauseMs: 50 })
    const beside = await jumpAround(page, { jumps, next, changes: most })
    await other.stop()
    bench.record('jump beside edits', 'ms', beside.latencies)
    bench.record('rows made and deleted beside', 'rows', [other.changes])
    const wrong = [...alone.wrong, ...beside.wrong]
    bench.record('wrong rows shown', 'rows', [wrong.length])
    for (const sentence of wrong.slice(0, 20)) console.error(sentence)
  } finally {
    await browser.close()
  }
}
bench.finish()
