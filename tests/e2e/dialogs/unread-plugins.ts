import { describe, it } from 'vitest'
import type { OpenDialogs } from '../testing/open-dialogs.ts'

/** Dialogs that offer what plugins have, while that cannot be read. */
export function describeUnreadPlugins(openTab: OpenDialogs): void {
  describe('what plugins have, where it cannot be read', () => {
    it('is told where it would stand, beside what is there without it, and read anew on request', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      const unread = dialog.getByRole('alert')
      const again = dialog.getByRole('button', { name: 'Try again' })
      await page.route(/plugins\.list/, (route) => route.fulfill({ status: 500, body: '{}' }))
      await page.reload()

      await tab.open('Add column')
      await unread.filter({ hasText: 'Columns of plugins' }).waitFor()
      await dialog.getByRole('option', { name: 'Checkbox' }).waitFor()
      await page.unroute(/plugins\.list/)
      await again.click()
      await dialog.getByRole('option', { name: 'Find company' }).waitFor()
      await unread.waitFor({ state: 'detached' })
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    })

    it('keeps a feed from being made only until it is there', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await page.route(/plugins\.list/, (route) => route.fulfill({ status: 500, body: '{}' }))
      await page.reload()
      await tab.open('Runs')
      await dialog.getByRole('tab', { name: 'Feeds' }).click()
      await dialog.getByRole('button', { name: 'New feed' }).click()
      await dialog.getByRole('alert').filter({ hasText: 'New feed' }).waitFor()
      await page.unroute(/plugins\.list/)
      await dialog.getByRole('button', { name: 'Try again' }).click()
      await dialog.getByRole('combobox', { name: 'Source' }).waitFor()
    })
  })
}
