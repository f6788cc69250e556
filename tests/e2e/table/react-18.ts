import { describe, expect, it } from 'vitest'
import type { OpenTable } from '../testing/open-workspace.ts'

/** The table with its tools, panels and dialogs on the oldest React that it supports. */
export function describeReact18(openTable: OpenTable): void {
  describe('on React 18, in strict mode', () => {
    it('filters, edits, undoes, opens rows and makes columns', async () => {
      await using tab = await openTable({ react: 18 })
      const { page } = tab
      expect(await page.evaluate(() => window.reactVersion)).toMatch(/^18\./)
      await page.getByRole('button', { name: 'Filter', exact: true }).click()
      await page.getByRole('button', { name: 'Add condition' }).click()
      await page.getByRole('combobox', { name: 'Value', exact: true }).fill('Person 23')
      await expect.poll(async () => (await tab.column('Name'))[0]).toBe('Person 23')
      await tab.press('Escape', 'Escape')
      await page.locator('.ops-grid-rows').focus()
      await tab.press('ArrowDown', 'ArrowRight')
      await page.keyboard.type('Stark')
      await tab.press('Enter')
      await expect.poll(async () => (await tab.column('Company'))[0]).toBe('Stark')
      await tab.press('Control+z')
      await expect.poll(async () => (await tab.column('Company'))[0]).toBe('Initech')
      await tab.press('Space')
      await page.getByRole('complementary').locator('.ops-row-fields').waitFor()
      await tab.press('Escape', 'Control+k')
      await page.getByRole('combobox').fill('add column')
      await tab.press('Enter')
      await page.getByRole('combobox', { name: 'Search column types' }).fill('rating')
      await tab.press('Enter')
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Stars')
      await tab.press('Enter')
      await page.getByText('Column Stars was added.').first().waitFor()
    })
  })
}
