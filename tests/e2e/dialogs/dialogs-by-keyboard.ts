import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { focusOf } from '../testing/keyboard-focus.ts'
import type { OpenDialogs } from '../testing/open-dialogs.ts'

/** Opens a panel of the toolbar. */
async function openPanel(page: Page, name: string): Promise<void> {
  await page.getByRole('toolbar').getByRole('button', { name }).press('Enter')
  await page.getByRole('dialog').waitFor()
}

/** Without a pointer. */
export function describeDialogsByKeyboard(openTab: OpenDialogs): void {
  describe('by keyboard alone', () => {
    it('a line that is added has the focus in its first field, and the focus stays when one is removed', async () => {
      await using tab = await openTab()
      const { page } = tab
      await openPanel(page, 'Filter')
      await page.getByRole('button', { name: 'Add condition' }).press('Enter')
      await focusOf(page).toBe('Column')
      await page.getByRole('button', { name: 'Add group' }).press('Enter')
      await expect
        .poll(() =>
          page.evaluate(
            () => document.activeElement?.closest('.ops-filter-line[data-kind="group"] .ops-filter-line') !== null,
          ),
        )
        .toBe(true)
      await focusOf(page).toBe('Column')
      await page.getByRole('button', { name: 'Remove condition' }).first().press('Enter')
      await expect.poll(() => page.getByRole('button', { name: 'Remove condition' }).count()).toBe(1)
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') != null))
        .toBe(true)
      await page.keyboard.press('Escape')
      await focusOf(page).toMatch(/^Filter/)

      await openPanel(page, 'Sort')
      await page.getByRole('button', { name: 'Add sort' }).press('Enter')
      await focusOf(page).toBe('Column to sort by')
      await page.keyboard.press('Escape')
      await focusOf(page).toMatch(/^Sort/)

      await openPanel(page, 'Colour')
      await page.getByRole('button', { name: 'Add rule' }).press('Enter')
      await focusOf(page).toMatch(/Whole row/)
      await page.keyboard.press('Escape')
    })
  })
}
