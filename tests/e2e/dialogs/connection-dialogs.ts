import { describe, expect, it } from 'vitest'
import { axeFaults } from '../testing/axe-faults.ts'
import type { OpenDialogs } from '../testing/open-dialogs.ts'

/** Connections, and the list of runs. */
export function describeConnectionDialogs(openTab: OpenDialogs): void {
  describe('connections', () => {
    it('are made by the form of the plugin, tried first, tested, renamed and ended', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      const more = dialog.getByRole('button', { name: /^More about/ })
      const hasFocus = (part: typeof more) =>
        expect.poll(() => part.evaluate((element) => element === document.activeElement)).toBe(true)
      await tab.open('Connections')
      await dialog.getByText('Nothing is connected yet.').waitFor()
      await dialog.getByRole('button', { name: 'Connect Reoon' }).press('Enter')
      const key = dialog.getByLabel('API key')
      await expect.poll(() => key.evaluate((field) => field === document.activeElement)).toBe(true)
      await page.keyboard.type('somebody-elses-key')
      await page.keyboard.press('Enter')
      await dialog.getByRole('alert').waitFor()
      expect(await axeFaults(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Back' }).press('Enter')
      await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).press('Enter')
      await hasFocus(dialog.getByRole('button', { name: 'Connect Reoon' }))
      await page.keyboard.press('Enter')
      await key.fill('reoon-key')
      await page.keyboard.press('Enter')
      await dialog.getByText('Connected', { exact: true }).waitFor()
      await hasFocus(more)
      expect(await axeFaults(page)).toEqual([])
      expect(await dialog.textContent()).not.toContain('reoon-key')

      const menu = async (entry: string) => {
        await dialog.getByRole('button', { name: /^More about/ }).click()
        await page.getByRole('menuitem', { name: entry }).click()
      }
      await menu('Test')
      await page.getByText('Reoon works.').first().waitFor()
      const name = dialog.getByRole('textbox', { name: 'Name' })
      const rename = async () => {
        await more.press('Enter')
        await page.getByRole('menuitem', { name: 'Rename' }).press('Enter')
        await hasFocus(name)
      }
      await rename()
      await page.keyboard.press('Escape')
      await hasFocus(more)
      expect(await name.count()).toBe(0)
      await rename()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type('Our Reoon')
      await page.keyboard.press('Enter')
      await dialog.getByText('Our Reoon').waitFor()
      await hasFocus(more)
      await menu('Disconnect')
      await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).press('Enter')
      await dialog.getByText('Nothing is connected yet.').waitFor()
      await hasFocus(dialog.getByRole('button', { name: /^Connect / }).first())
    })

    it('are kept from whom they are not for', async () => {
      await using tab = await openTab({ width: 390, height: 844 }, '&role=editor')
      await tab.open('Connections')
      await tab.dialog.getByText('Connections are for admins of this workspace.').waitFor()
    })
  })

  describe('runs', () => {
    it('are listed with what became of them', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await tab.open('Runs')
      await dialog.getByText('No runs yet').waitFor()
      await page.keyboard.press('Escape')
      await tab.open('Import')
      const buffer = Buffer.from('Email\nx@acme.com\n')
      await dialog.locator('input[type="file"]').setInputFiles({ name: 'one.csv', mimeType: 'text/csv', buffer })
      await dialog.getByRole('button', { name: 'Look at what would happen' }).click()
      await dialog.getByRole('button', { name: 'Import 1 row' }).click()
      await dialog.getByRole('button', { name: 'Done' }).click()
      await tab.open('Runs')
      await dialog.getByText('Import · Deals').waitFor()
      await dialog.getByText(/^Done · 1 of 1 rows/).waitFor()
      expect(await axeFaults(page)).toEqual([])
    })
  })
}
