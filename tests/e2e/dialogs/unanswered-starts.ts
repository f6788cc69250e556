import { describe, expect, it } from 'vitest'
import type { OpenDialogs } from '../testing/open-dialogs.ts'

/** Runs that are started while the network is away. */
export function describeUnansweredStarts(openTab: OpenDialogs): void {
  describe('a run whose start was not answered', () => {
    it('is started again by the same key until an answer comes, and is one run', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      const columns = [
        { name: 'Name', type: 'text' },
        { name: 'Email', type: 'email' },
      ]
      const rows = Array.from({ length: 3 }, (_, n) => ({ name: `Person ${n}`, email: `p${n}@unheard.com` }))
      const tableId = await tab.showTable('Unheard', columns, rows)
      await tab.open('Add column')
      await dialog.getByRole('combobox', { name: 'Search column types' }).fill('verify')
      await page.keyboard.press('Enter')
      await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Verdict')
      await dialog.getByRole('button', { name: 'Add column' }).click()
      const start = dialog.getByRole('button', { name: 'Run 3 cells' })
      await start.waitFor()

      const keys: string[] = []
      await page.route('**/cells.run**', async (route) => {
        keys.push(/"key":"([0-9a-f]+)"/.exec(route.request().postData() ?? '')?.[1] ?? '')
        // The server does what it is asked, and the answer is cut off on its way: twice.
        if (keys.length > 2) return await route.continue()
        expect((await route.fetch()).status()).toBe(200)
        await route.abort('connectionreset')
      })
      await start.click()
      await expect.poll(() => dialog.count()).toBe(0)
      expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
      expect(keys).toEqual([keys[0], keys[0], keys[0]])
      const list = `/ops/rpc/runs.list?input=${encodeURIComponent(JSON.stringify({ tableId }))}`
      const runs = async () => (await (await page.request.get(new URL(list, page.url()).href)).json()).result.data.items
      await expect
        .poll(runs)
        .toEqual([expect.objectContaining({ state: 'done', progress: expect.objectContaining({ done: 3, total: 3 }) })])
    })
  })
}
