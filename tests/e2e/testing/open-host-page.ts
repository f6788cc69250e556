import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'

/** A window on the demo, signed in. */
export interface HostPage extends AsyncDisposable {
  readonly page: Page
  /** Goes to a table by the navigation. */
  openTable(name: string): Promise<void>
  /** What a cell shows; rows from 0, columns by the name in their header. null while it is not in the page. */
  cell(row: number, column: string): Promise<string | null>
  /** Makes a cell the active one. */
  goTo(row: number, column: string): Promise<void>
  /** Presses keys one after another. */
  press(...keys: readonly string[]): Promise<void>
  /** Calls a procedure as the user's browser would. */
  call<Output>(procedure: string, input: object): Promise<Output>
}

/** Opens a window of the demo. */
export type OpenHost = (options?: HostPageOptions) => Promise<HostPage>

export interface HostPageOptions extends BrowserContextOptions {
  readonly org?: 'lighthouse' | 'blueharbor'
  readonly role?: 'viewer' | 'editor' | 'admin' | 'owner'
  /** What the page may log as an error. @default nothing */
  readonly mayLog?: RegExp
}

/** Opens the demo in a window of its own. Errors that the page logs, blocked styles and scripts among them, fail the test. */
export async function openHostPage(browser: Browser, url: string, options: HostPageOptions = {}): Promise<HostPage> {
  const { org = 'lighthouse', role = 'admin', mayLog = /^$/, ...contextOptions } = options
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...contextOptions,
  })
  await context.request.post(new URL('/api/session', url).href, { data: { orgId: org, role } })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !mayLog.test(message.text())) errors.push(message.text())
  })
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()

  async function call<Output>(procedure: string, input: object): Promise<Output> {
    const response = await context.request.post(new URL(`/ops/rpc/${procedure}`, url).href, { data: input })
    const answer = await response.json()
    if (!response.ok()) throw new Error(JSON.stringify(answer))
    return answer.result.data
  }

  return {
    page,
    call,
    async openTable(name) {
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
      await page.locator('.ops-grid-rows').waitFor()
      await page.getByRole('columnheader').nth(1).waitFor()
    },
    cell: (row, column) => page.evaluate(cellText, [row, column] as const),
    async goTo(row, column) {
      // What is typed goes nowhere while the row is on its way.
      await page
        .locator(`.ops-row[aria-rowindex="${row + 2}"]:not([hidden], .ops-loading)`)
        .first()
        .waitFor({ state: 'attached' })
      await page.locator('.ops-grid-rows').focus()
      await page.keyboard.press('Control+Home')
      for (let line = 0; line < row; line += 1) await page.keyboard.press('ArrowDown')
      const place = await page.evaluate(
        (name) =>
          [...document.querySelectorAll('[role=columnheader]')]
            .map((header) => ({ at: Number(header.getAttribute('aria-colindex')), name: header.textContent }))
            .find((header) => header.name?.trim() === name)?.at ?? null,
        column,
      )
      if (place === null) throw new Error(`There is no column ${column} in sight.`)
      for (let at = 2; at < place; at += 1) await page.keyboard.press('ArrowRight')
    },
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key)
    },
    async [Symbol.asyncDispose]() {
      await context.close()
      expect(errors).toEqual([])
    },
  }
}

/** Runs in the page: rows are strips of cells, one for each pinned side and one between. */
function cellText([row, column]: readonly [number, string]): string | null {
  const header = [...document.querySelectorAll('[role=columnheader]')].find(
    ({ textContent }) => textContent?.trim() === column,
  )
  const place = header?.getAttribute('aria-colindex')
  const start = document.querySelector(`.ops-row[aria-rowindex="${row + 2}"]:not([hidden])`)
  const ids = start?.getAttribute('aria-owns')?.split(' ') ?? []
  const strips = [start, ...ids.map((id) => document.getElementById(id))]
  const cells = strips.flatMap((strip) => [...(strip?.querySelectorAll(`[aria-colindex="${place}"]`) ?? [])])
  return cells[0]?.textContent ?? null
}
