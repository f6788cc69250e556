import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page, ViewportSize } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { openBrowser } from './open-browser.ts'
import { type StartedServer, startServer } from './start-server.ts'

export interface DialogsTab extends AsyncDisposable {
  readonly page: Page
  /** The dialog on the screen; notices, which are dialogs too, are left out. */
  readonly dialog: ReturnType<Page['locator']>
  /** Clicks a button of the bar that opens dialogs. */
  open(name: string): Promise<void>
  /** Makes a table by the server's own calls and shows it. @returns its id */
  showTable(name: string, columns: readonly object[], rows: readonly object[]): Promise<string>
}

/**
 * Opens the table in a window of its own.
 *
 * @param query more of the page's query, beginning with `&`
 * @param on which device, and whether on React's development build. @default on a desktop computer, as hosts ship it
 */
export type OpenDialogs = (
  viewport?: ViewportSize,
  query?: string,
  on?: Pick<BrowserContextOptions, 'hasTouch' | 'isMobile'> & { readonly development?: boolean },
) => Promise<DialogsTab>

/** A row that is there: keys mean nothing to one that is on its way. */
const loadedRow = '.ops-row:not([hidden], .ops-loading)'

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

  /** What the page throws fails the test, and in development what React warns of too. */
  return async function openTab(viewport = { width: 1400, height: 900 }, query = '', on = {}): Promise<DialogsTab> {
    if (browser === undefined || server === undefined) throw new Error('The browser is not there yet.')
    const { development = false, ...device } = on
    const { url, developmentUrl, tableId } = server.place
    const from = development && developmentUrl !== undefined ? developmentUrl : url
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce', ...device })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => {
      if (development && message.type() === 'error') errors.push(message.text())
    })
    await page.goto(`${from}?scene=dialogs&table=${tableId}${query}`)
    await page.locator(loadedRow).first().waitFor({ state: 'attached' })
    return {
      page,
      dialog: page.locator('.ops-modal[role="dialog"]'),
      open: (name) => page.locator('.dialogs-buttons').getByRole('button', { name, exact: true }).click(),
      async showTable(name, columns, rows) {
        const call = async (procedure: string, data: object) =>
          (await (await context.request.post(`${from}ops/rpc/${procedure}`, { data })).json()).result.data
        const { id } = await call('tables.create', { name, columns })
        if (rows.length > 0) await call('rows.insert', { tableId: id, rows: rows.map((cells) => ({ cells })) })
        await page.goto(`${from}?scene=dialogs&table=${id}${query}`)
        await page
          .locator(rows.length > 0 ? loadedRow : '.ops-row')
          .first()
          .waitFor({ state: 'attached' })
        return id
      },
      async [Symbol.asyncDispose]() {
        await context.close()
        expect(errors).toEqual([])
      },
    }
  }
}
