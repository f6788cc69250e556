import { describe, expect, it } from 'vitest'
import type { OpenTable } from '../testing/open-workspace.ts'

const edits = '**/rows.update**'

/** What is typed while the server does not answer. */
export function describeUnsaved(openTable: OpenTable): void {
  describe('an edit that is not saved yet', () => {
    it('is kept and saved though the view is changed, and the browser asks before the page is left', async () => {
      await using tab = await openTable()
      const { page } = tab
      const answered = Promise.withResolvers<void>()
      await page.route(edits, async (route) => {
        await answered.promise
        await route.continue()
      })
      await page.locator('.ops-grid-rows').focus()
      await tab.press('Control+Home')
      await page.keyboard.type('Typed early')
      await tab.press('Enter')
      await expect.poll(async () => (await tab.column('Name'))[0]).toBe('Typed early')

      const asked = Promise.withResolvers<string>()
      page.once('dialog', async (question) => {
        await question.dismiss()
        asked.resolve(question.type())
      })
      await page.close({ runBeforeUnload: true })
      expect(await asked.promise).toBe('beforeunload')

      await page.getByRole('columnheader', { name: 'Name' }).hover()
      await page.getByRole('columnheader', { name: 'Name' }).getByRole('button', { name: /menu/i }).click()
      await page.getByRole('menuitem', { name: /Sort/ }).last().click()
      await page.getByRole('button', { name: /^Sort ?1$/ }).waitFor()
      await expect.poll(async () => (await tab.column('Name')).length).toBeGreaterThan(0)
      await page.getByRole('button', { name: 'Reset', exact: true }).click()
      await expect.poll(async () => (await tab.column('Name'))[0]).toBe('Typed early')
      answered.resolve()
      await using other = await openTable()
      await expect.poll(async () => (await other.column('Name'))[0]).toBe('Typed early')
      expect(await tab.column('Name')).toContain('Typed early')
      expect(await page.locator('.ops-notice').allTextContents()).toEqual([])
      await page.locator('.ops-grid-rows').focus()
      await tab.press('Control+z')
      await expect.poll(async () => (await other.column('Name'))[0]).toBe('Person 0')
      // Nothing is asked once all is saved, of which others may know before this page does.
      await expect
        .poll(async () => {
          if (!page.isClosed()) await page.close({ runBeforeUnload: true })
          return page.isClosed()
        })
        .toBe(true)
    })
  })
}
