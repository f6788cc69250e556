import { describe, expect, it } from 'vitest'
import type { OpenTable, TableWindow } from '../testing/open-workspace.ts'

/** Keeps calls of a procedure from the server until they are let go; notes each once it was answered. */
async function hold({ page }: TableWindow, procedure: string, answered: string[]) {
  const [asked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await page.route(`**/${procedure}**`, async (route) => {
    asked.resolve()
    await released.promise
    const response = await route.fetch()
    answered.push(procedure)
    await route.fulfill({ response })
  })
  return { asked: asked.promise, release: released.resolve }
}

/** Edits and undos that are made before the one before them is answered. */
export function describeUndoOrder(openTable: OpenTable): void {
  describe('an undo', () => {
    it('takes back what is still on its way, and what is done after it is written after it', async () => {
      await using tab = await openTable()
      const { page } = tab
      const first = async () => (await tab.column('Name'))[0]
      const answered: string[] = []
      const edit = await hold(tab, 'rows.update', answered)
      const undo = await hold(tab, 'undo.undo', answered)
      await page.locator('.ops-grid-rows').focus()
      await tab.press('Control+Home')
      const before = await first()
      await page.keyboard.type('Not for long')
      await tab.press('Enter', 'ArrowUp')
      await edit.asked
      await tab.press('Control+z')
      edit.release()
      await undo.asked
      await tab.press('Delete')
      await expect.poll(first).toBe('')
      undo.release()
      await page.locator('.ops-notice').first().waitFor()
      expect(await page.locator('.ops-notice').allTextContents()).toEqual([expect.not.stringContaining('left')])
      await expect.poll(() => answered).toEqual(['rows.update', 'undo.undo', 'rows.update'])
      await using other = await openTable({ ready: '.ops-row' })
      await expect.poll(async () => (await other.column('Name'))[0]).toBe('')
      await tab.press('Control+z')
      await expect.poll(first).toBe(before)
      await expect.poll(async () => (await other.column('Name'))[0]).toBe(before)
    })
  })
}
