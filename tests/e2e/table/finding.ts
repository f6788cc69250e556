import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { focusOf } from '../testing/keyboard-focus.ts'
import type { OpenTable } from '../testing/open-workspace.ts'

const findCalls = '**/rows.find**'

/** Types letter by letter into what has the focus, before any search begins, however busy the machine is. */
async function typeQuickly(page: Page, text: string): Promise<void> {
  await page.evaluate((letters) => {
    for (const letter of letters) document.execCommand('insertText', false, letter)
  }, text.split(''))
}

/** Finding on a server that is not always there. */
export function describeFinding(openTable: OpenTable): void {
  describe('finding in a table', () => {
    it('asks for what was typed in the end, and asks again where no answer came', async () => {
      await using tab = await openTable({ mayLog: /Failed to load resource/ })
      const { page } = tab
      const asked: string[] = []
      await page.route(findCalls, async (route) => {
        asked.push(decodeURIComponent(route.request().url()))
        if (asked.length === 1) await route.abort('connectionreset')
        else await route.continue()
      })
      await page.locator('.ops-grid-rows').focus()
      await tab.press('Control+Home', 'Control+f')
      await focusOf(page).toBe('Find in table')
      await typeQuickly(page, 'Ada')
      await page.locator('.ops-find').getByText(/^1 of/).waitFor()
      expect(asked).toHaveLength(2)
      expect(asked[0]).toBe(asked[1])
      expect(asked[0]).toContain('"text":"Ada"')
    })

    it('says in its field why nothing was found, and looks again when told to', async () => {
      await using tab = await openTable({ mayLog: /Failed to load resource/ })
      const { page } = tab
      await page.route(findCalls, (route) => route.abort('connectionreset'))
      await page.locator('.ops-grid-rows').focus()
      await tab.press('Control+Home', 'Control+f')
      await page.keyboard.type('Ada')
      const field = page.locator('.ops-find')
      await field.getByText('Searching …').waitFor()
      await field.getByRole('alert').getByText('The search could not be done').waitFor()
      expect(await field.getByText('Searching …').count()).toBe(0)
      await page.unroute(findCalls)
      await tab.press('Tab', 'Tab', 'Tab', 'Tab', 'Enter')
      await field.getByText(/^1 of/).waitFor()
      expect(await field.getByRole('alert').count()).toBe(0)
      expect(await page.evaluate(() => document.activeElement?.closest('.ops-find') !== null)).toBe(true)
    })
  })
}
