import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { openBrowser } from './open-browser.ts'
import { type ServedPage, type ServePageOptions, servePage } from './serve-page.ts'

export interface Scene extends AsyncDisposable {
  readonly page: Page
  /** What the page has logged as errors; a test takes away what it expects. */
  readonly errors: string[]
  /** The element that scrolls. */
  readonly scroller: ReturnType<Page['locator']>
  /** The grid's element. */
  readonly grid: ReturnType<Page['locator']>
  /** The text of the active cell, as assistive technology finds it. */
  activeText(): Promise<string>
  /** The active cell as `row:column`, both from 0. */
  activePlace(): Promise<string>
  /** The value that a cell of the scene's rows holds. */
  cell(row: number, key: string): Promise<unknown>
  /** What the grid told the user. */
  notices(): Promise<readonly string[]>
  /** Presses keys one after another. */
  press(...keys: readonly string[]): Promise<void>
}

/** Serves the test page and starts a browser, once for a test file. */
export function describeScenes(root: string, pageOptions: ServePageOptions = {}) {
  let served: ServedPage | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    served = await servePage(root, pageOptions)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await served?.[Symbol.asyncDispose]()
  })

  /** Opens a scene in a window of its own, once what `ready` selects is there. What the page logs as an error fails the test. */
  return async function openScene(
    query: string,
    options: BrowserContextOptions = {},
    ready = '.ops-row',
    prepare: (page: Page) => Promise<void> = async () => {},
  ): Promise<Scene> {
    if (browser === undefined || served === undefined) throw new Error('The browser is not there yet.')
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    await prepare(page)
    await page.goto(`${served.url}?${query}`)
    const grid = page.locator('.ops-grid-rows')
    await page.locator(ready).first().waitFor({ state: 'attached' })
    const active = () =>
      grid.evaluate((root) => {
        const id = root.getAttribute('aria-activedescendant')
        return { id: id ?? '', text: (id === null ? null : document.getElementById(id))?.textContent ?? '' }
      })
    return {
      page,
      errors,
      grid,
      scroller: page.locator('.ops-grid'),
      activeText: async () => (await active()).text,
      activePlace: async () => (await active()).id.split('-').slice(1).join(':'),
      cell: (row, key) =>
        page.evaluate(([index, name]) => window.scene.rows.row(index)?.cells[name] ?? null, [row, key] as const),
      notices: () => page.evaluate(() => window.scene.notices),
      async press(...keys) {
        for (const key of keys) await page.keyboard.press(key)
      },
      async [Symbol.asyncDispose]() {
        await context.close()
        expect(errors).toEqual([])
      },
    }
  }
}
