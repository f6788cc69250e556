import type { Page } from 'playwright-core'
import type { AppScreen } from './app-screens.ts'

/** Screens of columns that plugins fill: making one, running it, looking into a cell, and runs with what starts them. */
export function runScreens(contacts: string): readonly AppScreen[] {
  const onTable = (name: string, act: (page: Page) => Promise<void>): AppScreen => ({
    name: `app-run-${name}`,
    path: contacts,
    async act(page) {
      await page
        .locator('.ops-row')
        .getByText(/^(Valid|Invalid)$/)
        .first()
        .waitFor({ state: 'attached' })
      await act(page)
    },
  })
  const onPage = (name: string): AppScreen => ({
    name: `app-run-${name.toLowerCase()}`,
    path: '/runs',
    async act(page) {
      await page.getByRole('tab', { name }).click()
      await page.waitForFunction(() => document.querySelector('.ops-skeleton') === null)
    },
  })
  return [
    onTable('states', async () => {}),
    onTable('add', async (page) => {
      await command(page, 'Add column')
      await page.getByRole('combobox', { name: 'Search column types' }).fill('verify')
      await page.keyboard.press('Enter')
      await page.getByRole('region', { name: 'Preview' }).locator('.ops-sheet-frame').waitFor()
    }),
    onTable('palette', async (page) => {
      await command(page, 'Add column')
      await page.getByRole('combobox', { name: 'Search column types' }).fill('e-mail')
      await page.getByRole('option').first().waitFor()
    }),
    onTable('column', async (page) => {
      await command(page, 'Run Verification')
      await page.getByText('To be asked for', { exact: true }).waitFor()
    }),
    onTable('cell', async (page) => {
      await page
        .locator('.ops-row')
        .getByText(/^Valid$/)
        .first()
        .click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Where this is from' }).click()
      await page.getByText('Made of').waitFor()
    }),
    onTable('failed', async (page) => {
      // The column stands beside the screen of a phone. Playwright's own scrolling would move the text in its cell.
      if ((page.viewportSize()?.width ?? 0) < 800)
        await page.locator('.ops-grid').evaluate((grid) => grid.scrollTo(180, 0))
      const box = await page.locator('.ops-cell-failed .ops-marked').first().boundingBox()
      if (box !== null) await page.mouse.click(box.x + 10, box.y + 8)
      await page.getByText('Made of').waitFor()
    }),
    ...['Runs', 'Spend', 'Schedules', 'Feeds'].map(onPage),
  ]
}

/** Does what the command menu calls so. */
async function command(page: Page, name: string): Promise<void> {
  await page.locator('.ops-grid-rows').focus()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill(name)
  await page.keyboard.press('Enter')
}
