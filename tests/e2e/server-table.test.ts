import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../bench/seeded-random.ts'
import { callServer, jumpAround, type ServedLeads, startOtherUser } from './testing/jump-around.ts'
import { openBrowser } from './testing/open-browser.ts'
import { startLeads } from './testing/start-leads.ts'

// The server runs in a process of its own, as it does for users, with an embedded database of 20,000 rows.
const rowCount = 20_000
let browser: Browser
let page: ServedLeads & AsyncDisposable

beforeAll(async () => {
  page = await startLeads({ rows: rowCount })
  browser = await openBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await page?.[Symbol.asyncDispose]()
})

async function openTable(): Promise<Page> {
  const tab = await browser.newPage({ viewport: { width: 1200, height: 800 } })
  await tab.goto(`${page.url}?scene=server&table=${page.tableId}`)
  await expect.poll(() => textOf(tab, 0, 1)).toBe('p0@acme.com')
  return tab
}

/** What a cell shows, or null while its row is not in the page. */
function textOf(tab: Page, row: number, column: number): Promise<string | null> {
  return tab.evaluate(
    ([line, place]) => {
      const start = document.querySelector(`.ops-row[aria-rowindex="${line + 2}"]`)
      const ids = start?.getAttribute('aria-owns')?.split(' ') ?? []
      const strips = [start, ...ids.map((id) => document.getElementById(id))]
      return (
        strips.flatMap((strip) => [...(strip?.querySelectorAll(`[aria-colindex="${place + 2}"]`) ?? [])])[0]
          ?.textContent ?? null
      )
    },
    [row, column] as const,
  )
}

describe('a table of the real server', () => {
  it('shows an edit at once, in another browser soon after, and takes it back with undo', async () => {
    const [mine, theirs] = [await openTable(), await openTable()]
    await mine.locator('.ops-grid-rows').focus()
    for (const key of ['ArrowDown', 'ArrowRight']) await mine.keyboard.press(key)
    await mine.keyboard.type('ada@acme.com')
    await mine.keyboard.press('Enter')
    expect(await textOf(mine, 0, 1)).toBe('ada@acme.com')
    await expect.poll(() => textOf(theirs, 0, 1)).toBe('ada@acme.com')
    await mine.keyboard.press('Control+z')
    await expect.poll(() => textOf(theirs, 0, 1)).toBe('p0@acme.com')
    await expect.poll(() => textOf(mine, 0, 1)).toBe('p0@acme.com')
    await Promise.all([mine.close(), theirs.close()])
  })

  it('keeps what is seen in its place when another user adds rows above', async () => {
    const tab = await openTable()
    await tab.evaluate(() => document.querySelector('.ops-grid')?.scrollTo(0, 100 * 36))
    await expect.poll(() => textOf(tab, 100, 1)).toBe('p100@acme.com')
    const top = () =>
      tab.evaluate(() => {
        const cell = [...document.querySelectorAll('.ops-cell')].find(
          ({ textContent }) => textContent === 'p105@acme.com',
        )
        return cell?.getBoundingClientRect().top
      })
    const before = await top()
    const { rows } = await callServer<{ rows: { id: string }[] }>(page, 'rows.insert', {
      rows: [{ cells: { email: 'new@acme.com' } }, { cells: { email: 'new2@acme.com' } }],
      place: { at: 'start' },
    })
    await expect.poll(() => textOf(tab, 107, 1)).toBe('p105@acme.com')
    expect(await top()).toBe(before)
    await callServer(page, 'rows.delete', { rowIds: rows.map(({ id }) => id) })
    await expect.poll(() => textOf(tab, 105, 1)).toBe('p105@acme.com')
    await tab.close()
  })

  it('says when the server is gone, keeps what is shown, and goes on when it is back', async () => {
    const context = await browser.newContext({ viewport: { width: 1200, height: 800 } })
    const tab = await context.newPage()
    await tab.goto(`${page.url}?scene=server&table=${page.tableId}`)
    await expect.poll(() => textOf(tab, 0, 1)).toBe('p0@acme.com')
    await context.setOffline(true)
    await tab.evaluate(() => document.querySelector('.ops-grid')?.scrollTo(0, 9_000 * 36))
    await tab.getByRole('alert').waitFor()
    await context.setOffline(false)
    await expect.poll(() => textOf(tab, 9_005, 1)).toBe('p9005@acme.com')
    await expect.poll(() => tab.getByRole('alert').count()).toBe(0)
    await context.close()
  })

  it('shows the right rows wherever the scroll bar is dragged, while another user makes and deletes rows', async () => {
    const tab = await openTable()
    const random = seededRandom(7)
    const next = () => random.next()
    const most = 120
    const other = startOtherUser(page, { rows: rowCount, next, most, pauseMs: 20 })
    const { wrong, latencies } = await jumpAround(tab, { jumps: 40, next, changes: most })
    await other.stop()
    expect(wrong).toEqual([])
    expect(latencies).toHaveLength(40)
    expect(other.changes).toBeGreaterThan(20)
    await tab.close()
  }, 120_000)
})
