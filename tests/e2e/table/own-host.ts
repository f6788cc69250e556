import { describe, expect, it } from 'vitest'
import type { OpenTable } from '../testing/open-workspace.ts'

const ownHost = { query: 'host=own' }

/** A host in another language, with people and parts of its own. */
export function describeOwnHost(openTable: OpenTable): void {
  describe('a host that brings its own', () => {
    it('has people by their names and pictures, and chooses among them', async () => {
      await using tab = await openTable(ownHost)
      const { page } = tab
      await expect.poll(async () => (await tab.column('Owner'))[0]).toMatch(/Ada Lovelace$/)
      const avatar = page.locator('.ops-cell-person .ops-avatar').first()
      expect(await avatar.evaluate((node) => getComputedStyle(node).backgroundImage)).toContain('ada.svg')
      await page.locator('.ops-grid-rows').focus()
      await tab.press('ArrowDown', 'End')
      await page.keyboard.type('metc')
      await tab.press('Enter')
      await expect.poll(async () => (await tab.column('Owner'))[0]).toMatch(/Bob Metcalfe$/)
      await tab.press('ArrowUp', 'Space')
      const panel = page.getByRole('complementary')
      await panel.getByText(/by Ada Lovelace/).waitFor()
      await tab.press('Escape')
      await tab.press('Control+z')
      await expect.poll(async () => (await tab.column('Owner'))[0]).toMatch(/Ada Lovelace$/)
    })

    it('shows cells, editors, menus, commands, entries of the palette and dialogs of its own', async () => {
      await using tab = await openTable(ownHost)
      const { page } = tab
      await page.evaluate(() => {
        window.asked = []
      })
      await expect.poll(async () => (await tab.column('Email'))[0]).toBe('mail: p0@example.com')
      await page.locator('.ops-grid-rows').focus()
      await tab.press('ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter')
      await page.getByRole('slider', { name: 'Score' }).waitFor()
      await tab.press('ArrowRight', 'ArrowRight', 'Enter')
      await expect.poll(async () => (await tab.column('Score'))[0]).toBe('2')
      await tab.press('Control+z')
      await expect.poll(async () => (await tab.column('Score'))[0]).toBe('0')

      await tab.press('Shift+F10')
      await page.getByRole('menuitem', { name: 'Ask Acme' }).click()
      await page.locator('.ops-grid-rows').focus()
      await tab.press('Control+k')
      await page.getByRole('combobox').fill('greet')
      await tab.press('Enter')
      await expect.poll(() => page.evaluate(() => window.asked)).toEqual(['Score', 'greet'])

      await page.locator('.ops-grid-rows').focus()
      await tab.press('Control+k')
      await page.getByRole('combobox').fill('add column')
      await tab.press('Enter')
      await page.getByRole('combobox').fill('contract')
      await tab.press('Enter')
      await page.getByRole('dialog', { name: 'Contract' }).getByText(/^tbl_/).waitFor()
    })
  })
}
