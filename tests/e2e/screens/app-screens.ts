import type { Page } from 'playwright-core'
import { answerCalls } from './answers.ts'
import { runScreens } from './run-screens.ts'
import { signIn } from './sign-in.ts'

/** A screen of the demo: where it is, and what to do before the picture. */
export interface AppScreen {
  readonly name: string
  readonly path: string
  readonly act?: (page: Page) => Promise<void>
}

/** Tables of the demo, by name. */
export type TableIds = Readonly<Record<string, string>>

/** Screens of the demo: the app around, and tables of the real server in it. */
export function appScreens(tables: TableIds): readonly AppScreen[] {
  const table = (name: string) => `/tables/${tables[name] ?? 'missing'}`
  return [
    { name: 'app-overview', path: '/', act: (page) => page.getByText('220 deals').waitFor() },
    { name: 'app-settings', path: '/settings', act: (page) => page.locator('.panel').last().waitFor() },
    { name: 'app-contacts', path: table('Contacts'), act: rowsShown },
    { name: 'app-companies', path: table('Companies'), act: rowsShown },
    { name: 'app-deals', path: table('Deals'), act: rowsShown },
    { name: 'app-pipeline', path: table('Deals'), act: (page) => openView(page, 'Open pipeline') },
    { name: 'app-call-today', path: table('Contacts'), act: (page) => openView(page, 'Call today') },
    { name: 'app-tables', path: '/tables', act: (page) => page.getByText('500 rows').first().waitFor() },
    ...['Filter', 'Sort', 'Group', 'Fields', 'Colour'].map((tool) => ({
      name: `app-${tool.toLowerCase()}`,
      path: table('Deals'),
      async act(page: Page) {
        await openView(page, 'Open pipeline')
        await page.getByRole('toolbar').getByRole('button', { name: tool }).click()
        await page.getByRole('dialog').waitFor()
      },
    })),
    {
      name: 'app-row-panel',
      path: table('Contacts'),
      async act(page) {
        await rowsShown(page)
        await page.locator('.ops-grid-rows').focus()
        for (const key of ['ArrowDown', 'Space']) await page.keyboard.press(key)
        await page.locator('.ops-row-fields').waitFor()
      },
    },
    {
      name: 'app-command-menu',
      path: table('Contacts'),
      async act(page) {
        await rowsShown(page)
        await page.locator('.ops-grid-rows').focus()
        await page.keyboard.press('Control+k')
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      name: 'app-column-menu',
      path: table('Contacts'),
      async act(page) {
        await openView(page, 'No e-mail address')
        await page.getByRole('columnheader', { name: 'Email' }).click({ button: 'right' })
        await page.getByRole('menu').waitFor()
      },
    },
    ...runScreens(table('Contacts')),
    { name: 'app-empty-table', path: table('Event guests'), act: rowsShown },
    {
      name: 'app-missing-table',
      path: '/tables/tbl_missing',
      act: (page) => page.getByText('This table cannot be shown').waitFor(),
    },
    { name: 'app-forbidden-table', path: table('Contacts'), act: forbidReading },
    { name: 'app-missing-page', path: '/nowhere' },
    { name: 'app-half-a-million', path: table('Website visits'), act: jumpToMiddle },
    { name: 'app-loading', path: table('Contacts'), act: keepWaiting },
    { name: 'app-fault', path: table('Contacts'), act: failReading },
    { name: 'app-viewer', path: table('Contacts'), act: becomeViewer },
    { name: 'app-offline', path: table('Contacts'), act: goOffline },
    {
      name: 'app-navigation',
      path: table('Deals'),
      async act(page) {
        const toggle = page.getByRole('button', { name: 'Navigation' })
        if (await toggle.isVisible()) await toggle.click()
      },
    },
    {
      name: 'app-plum',
      path: table('Deals'),
      async act(page) {
        await page.evaluate(() => localStorage.setItem('northwind.brand', 'plum'))
        await page.reload()
        await rowsShown(page)
      },
    },
  ]
}

async function openView(page: Page, name: string): Promise<void> {
  await rowsShown(page)
  await page.getByRole('button', { name }).click()
  await page.waitForURL(/view=/)
  await rowsShown(page)
}

export async function rowsShown(page: Page): Promise<void> {
  await page.locator('.ops-grid-rows').waitFor()
  await page.waitForFunction(
    () => document.querySelector('.ops-row.ops-loading:not([hidden]), [aria-busy=true]') === null,
  )
}

async function becomeViewer(page: Page): Promise<void> {
  await signIn(page, 'lighthouse', 'viewer')
  await rowsShown(page)
}

async function goOffline(page: Page): Promise<void> {
  await rowsShown(page)
  await page.context().setOffline(true)
  await page.evaluate(() => document.querySelector('.ops-grid')?.scrollTo(0, 20_000))
  await page.getByRole('alert').first().waitFor()
}

/** Half-way down a table of 500,000 rows. */
async function jumpToMiddle(page: Page): Promise<void> {
  await rowsShown(page)
  await page.locator('.ops-grid').evaluate((grid) => {
    grid.scrollTop = grid.scrollHeight / 2
  })
  await page.locator('.ops-row:not(.ops-loading, [hidden])').first().waitFor({ state: 'attached' })
  await page.waitForFunction(() => document.querySelector('.ops-row.ops-loading:not([hidden])') === null)
}

async function keepWaiting(page: Page): Promise<void> {
  await answerCalls(page, /rows\./, 'never')
  await page.locator('.ops-unread').waitFor({ state: 'attached' })
}

async function failReading(page: Page): Promise<void> {
  await answerCalls(page, /rows\./, 'fault')
  await page.getByRole('alert').first().waitFor()
}

async function forbidReading(page: Page): Promise<void> {
  await answerCalls(page, /tables\.get|views\./, 'forbidden')
  await page.getByText('This table cannot be shown').waitFor()
}
