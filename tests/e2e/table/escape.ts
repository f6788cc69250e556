import { describe, expect, it } from 'vitest'
import { focused, focusOf, isOnGrid } from '../testing/keyboard-focus.ts'
import type { OpenTable } from '../testing/open-workspace.ts'

/** Escape leaves what one is in, one layer each time. */
export function describeEscape(openTable: OpenTable): void {
  describe('Escape', () => {
    it('closes the details of a row from each of their buttons, whose tooltips do not take it for themselves', async () => {
      await using tab = await openTable()
      await tab.page.locator('.ops-grid-rows').focus()
      await tab.press('Control+Home', 'Space')
      await focusOf(tab.page).toBe('Details of the row')
      await tab.press('Tab')
      await tab.page.getByRole('tooltip').or(tab.page.locator('.ops-tooltip')).first().waitFor()
      await tab.press('Escape')
      await expect.poll(() => isOnGrid(tab.page)).toBe(true)
      expect(await tab.page.getByRole('complementary', { name: 'Details of the row' }).count()).toBe(0)
    })

    it('closes the search from its buttons too', async () => {
      await using tab = await openTable()
      await tab.page.locator('.ops-grid-rows').focus()
      await tab.press('Control+Home', 'Control+f', 'Tab')
      await focusOf(tab.page).toBe('Previous match')
      await tab.press('Escape')
      await expect.poll(() => isOnGrid(tab.page)).toBe(true)
      expect(await tab.page.locator('.ops-find').count()).toBe(0)
    })

    it('puts a field that is being moved back before it closes their list', async () => {
      await using tab = await openTable()
      const { page } = tab
      const tool = page.getByRole('toolbar').getByRole('button', { name: 'Fields' })
      await tool.press('Enter')
      await focusOf(tab.page).toBe('Find a field')
      await tab.press('Tab', 'Enter')
      await page.locator('.ops-sortable-line[data-dragged]').waitFor()
      const names = () => page.locator('.ops-sortable-line').allTextContents()
      const before = await names()
      await tab.press('ArrowDown', 'Escape')
      await expect.poll(() => page.locator('.ops-sortable-line[data-dragged]').count()).toBe(0)
      expect(await page.getByRole('dialog', { name: 'Fields' }).count()).toBe(1)
      expect(await focused(tab.page)).toMatch(/^Move /)
      expect(await names()).toEqual(before)
      await tab.press('Escape')
      await focusOf(tab.page).toMatch(/^Fields/)
    })
  })
}
