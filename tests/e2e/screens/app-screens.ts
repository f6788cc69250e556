import type { Page } from 'playwright-core'

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
    { name: 'app-overview', path: '/' },
    { name: 'app-settings', path: '/settings' },
    { name: 'app-contacts', path: table('Contacts'), act: rowsShown },
    { name: 'app-companies', path: table('Companies'), act: rowsShown },
    { name: 'app-deals', path: table('Deals'), act: rowsShown },
    { name: 'app-empty-table', path: table('Empty') },
    {
      name: 'app-missing-table',
      path: '/tables/tbl_missing',
      act: (page) => page.locator('.ops-fault, [role=alert]').first().waitFor(),
    },
    { name: 'app-missing-page', path: '/nowhere' },
    { name: 'app-viewer', path: table('Contacts'), act: (page) => becomeViewer(page) },
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

async function rowsShown(page: Page): Promise<void> {
  await page.locator('.ops-row').first().waitFor({ state: 'attached' })
  await page.waitForLoadState('networkidle').catch(() => {})
}

/** Signs in as somebody who only reads, on the same page. */
async function becomeViewer(page: Page): Promise<void> {
  await page.evaluate(() =>
    fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ orgId: 'lighthouse', role: 'viewer' }),
    }),
  )
  await page.reload()
  await rowsShown(page)
}

async function goOffline(page: Page): Promise<void> {
  await rowsShown(page)
  await page.context().setOffline(true)
  await page.evaluate(() => document.querySelector('.ops-grid')?.scrollTo(0, 20_000))
  await page.getByRole('alert').first().waitFor()
}
