import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import type { BuildPageOptions } from './build-page.ts'
import { openBrowser } from './open-browser.ts'

/** A window on a table of the real server. */
export interface TableWindow extends AsyncDisposable {
  readonly page: Page
  readonly context: BrowserContext
  /** What the rows in sight show in a column, from the top. */
  column(name: string): Promise<readonly string[]>
  /** Presses keys one after another. */
  press(...keys: readonly string[]): Promise<void>
}

export interface TableWindowOptions extends BrowserContextOptions {
  /** @default 'table' */
  readonly scene?: 'table' | 'home'
  /** The version of React that the page runs on. @default 19 */
  readonly react?: 18 | 19
  /** More of the scene's query. */
  readonly query?: string
  /** What the page may log as an error. @default nothing */
  readonly mayLog?: RegExp
  /** What shows that the page is there. @default the rows */
  readonly ready?: string
}

/** Opens a window on the table. What the page logs as an error fails the test. */
export type OpenTable = (options?: TableWindowOptions) => Promise<TableWindow>

/**
 * Starts a server with a small workspace and a browser, once for a test file.
 *
 * @param pageOptions of the page on React 19; the other is always a development build
 */
export function describeWorkspace({ development = false }: BuildPageOptions = {}): OpenTable {
  let server: ChildProcess | undefined
  let browser: Browser | undefined
  let at = { url: '', react18Url: '', tableId: '' }

  beforeAll(async () => {
    const script = join(import.meta.dirname, '../servers/table-server.ts')
    const args = ['--conditions=@opslayer/source', script, ...(development ? ['--development'] : [])]
    server = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    if (server.stdout == null) throw new Error('The server has no output.')
    for await (const line of createInterface({ input: server.stdout })) {
      at = JSON.parse(line)
      break
    }
    browser = await openBrowser()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    const ended = new Promise((resolve) => server?.once('exit', resolve))
    server?.stdin?.end()
    await ended
  })

  return async function openTable(options = {}) {
    const { query = '', scene = 'table', react = 19, mayLog = /^$/, ready, ...contextOptions } = options
    if (browser === undefined) throw new Error('The browser is not there yet.')
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...contextOptions })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !mayLog.test(message.text())) errors.push(message.text())
    })
    await page.goto(`${react === 18 ? at.react18Url : at.url}?scene=${scene}&table=${at.tableId}&${query}`)
    await page
      .locator(ready ?? '.ops-row')
      .first()
      .waitFor({ state: 'attached' })
    if (ready === undefined) await expect.poll(async () => (await page.evaluate(shownInColumn, 'Name'))[0]).toMatch(/./)
    return {
      page,
      context,
      column: (name) => page.evaluate(shownInColumn, name),
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

/** Runs in the page. */
function shownInColumn(name: string): string[] {
  const headers = [...document.querySelectorAll('.ops-head-cell')]
  const header = headers.find((each) => each.querySelector('.ops-head-name')?.textContent === name)
  const index = header?.getAttribute('aria-colindex')
  const rows = [...document.querySelectorAll<HTMLElement>('.ops-row[role="row"]:not([hidden])')]
  const numbered = rows
    .filter((row) => !row.classList.contains('ops-group'))
    .map((row) => ({ row, at: Number(row.getAttribute('aria-rowindex')) }))
    .sort((a, b) => a.at - b.at)
  return numbered.map(({ row }) => {
    const strips = [row, ...(row.getAttribute('aria-owns') ?? '').split(' ').map((id) => document.getElementById(id))]
    const cells = strips.flatMap((strip) => [...(strip?.querySelectorAll(`[aria-colindex="${index}"]`) ?? [])])
    return cells[0]?.textContent ?? ''
  })
}
