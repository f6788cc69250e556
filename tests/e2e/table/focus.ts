import { describe, expect, it } from 'vitest'
import { focused, focusOf } from '../testing/keyboard-focus.ts'
import type { OpenTable } from '../testing/open-workspace.ts'

/** What has the focus when the button that was pressed has no more to do. */
export function describeFocus(openTable: OpenTable): void {
  describe('the focus', () => {
    it('stays on a button by which one has come to the first row', async () => {
      await using tab = await openTable()
      await tab.page.locator('.ops-grid-rows').focus()
      await tab.press('Control+Home', 'ArrowDown', 'Space')
      await focusOf(tab.page).toBe('Details of the row')
      await tab.press('Tab')
      expect(await focused(tab.page)).toBe('Previous row')
      await tab.press('Enter')
      const previous = tab.page.getByRole('button', { name: 'Previous row' })
      await expect.poll(() => previous.isDisabled()).toBe(true)
      const title = tab.page.locator('.ops-row-title')
      await expect.poll(() => title.textContent()).toBe('Person 0')
      await tab.press('Enter')
      expect(await focused(tab.page)).toBe('Previous row')
      expect(await title.textContent()).toBe('Person 0')
    })

    it('stays where one has gone on to while a panel closes, and so what is typed there comes in', async () => {
      await using tab = await openTable()
      const { page } = tab
      await page.getByRole('button', { name: 'Filter', exact: true }).click()
      await page.locator('.ops-popover:focus-within').waitFor()
      await page.evaluate(() => {
        const goOn = () => document.querySelector<HTMLElement>('.ops-grid-rows')?.focus()
        window.addEventListener('keydown', () => requestAnimationFrame(goOn), { capture: true, once: true })
      })
      await tab.press('Escape')
      await page.getByRole('button', { name: 'Add condition' }).waitFor({ state: 'detached' })
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('ops-grid-rows')
    })

    it('goes on to the next button once a view is deleted, whose rows nobody asks for any more', async () => {
      await using tab = await openTable()
      const { page } = tab
      await page.getByRole('button', { name: 'New view' }).press('Enter')
      await page.getByRole('dialog', { name: 'New view' }).waitFor()
      await page.keyboard.type('For a while')
      await tab.press('Enter')
      await page.getByRole('button', { name: 'Menu of view For a while' }).press('Enter')
      await page.getByRole('menuitem', { name: 'Delete view' }).press('Enter')
      await page.getByText('View “For a while” was deleted.').first().waitFor()
      await focusOf(tab.page).toBe('New view')
    })
  })
}
