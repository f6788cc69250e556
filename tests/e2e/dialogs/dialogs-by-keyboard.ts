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

    it('the command menu finds pages by what they are called elsewhere, and the menu of a cell is named for it', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await page.locator('.ops-row').getByText('Ada Lovelace').first().click()
      const first = async (words: string) => {
        await page.keyboard.press('Control+k')
        await page.getByRole('combobox', { name: 'What do you want to do?' }).fill(words)
        await expect.poll(() => page.getByRole('option').count()).toBeGreaterThan(0)
        return await page.getByRole('option').first().textContent()
      }
      for (const [words, name] of [
        ['schedules', 'Schedules'],
        ['cron', 'Schedules'],
        ['budgets', 'Spend'],
        ['integrations', 'Connections'],
        ['sources', 'Feeds'],
      ] as const) {
        expect(await first(words)).toBe(name)
        await page.keyboard.press('Escape')
        await expect.poll(() => page.getByRole('option').count()).toBe(0)
      }
      await first('automations')
      await page.keyboard.press('Enter')
      await dialog.getByRole('tab', { name: 'Schedules', selected: true }).waitFor()
      await page.keyboard.press('Escape')
      await expect.poll(() => dialog.count()).toBe(0)
      await page.locator('.ops-row').getByText('Ada Lovelace').first().click({ button: 'right' })
      await page.getByRole('menu', { name: 'Menu of the cell in column Name' }).waitFor()
      await page.keyboard.press('Escape')
    })
  })
}
