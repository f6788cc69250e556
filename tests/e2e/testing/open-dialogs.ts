import { join } from 'node:path'
import type { Browser, Page, ViewportSize } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { openBrowser } from './open-browser.ts'
import { type StartedServer, startServer } from './start-server.ts'

export interface DialogsTab extends AsyncDisposable {
  readonly page: Page
  /** The dialog on the screen; notices, which are dialogs too, are left out. */
  readonly dialog: ReturnType<Page['locator']>
  /** Clicks a button of the bar that opens dialogs. */
  open(name: string): Promise<void>
}

/** Opens the table in a window of its own. @param query more of the page's query, beginning with `&` */
export type OpenDialogs = (viewport?: ViewportSize, query?: string) => Promise<DialogsTab>

/** Starts the server of the dialogs and a browser, once for a test file. */
export function describeDialogs(): OpenDialogs {
  let server: StartedServer | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    server = await startServer(join(import.meta.dirname, '../servers/dialogs-server.ts'))
    browser = await openBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
  })

  /** What the page throws fails the test. */
  return async function openTab(viewport = { width: 1400, height: 900 }, query = ''): Promise<DialogsTab> {
    if (browser === undefined || server === undefined) throw new Error('The browser is not there yet.')
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${server.place.url}?scene=dialogs&table=${server.place.tableId}${query}`)
    await page.locator('.ops-row').first().waitFor({ state: 'attached' })
    return {
      page,
      dialog: page.locator('.ops-modal[role="dialog"]'),
      open: (name) => page.locator('.dialogs-buttons').getByRole('button', { name, exact: true }).click(),
      async [Symbol.asyncDispose]() {
        await context.close()
        expect(errors).toEqual([])
      },
    }
  }
}
