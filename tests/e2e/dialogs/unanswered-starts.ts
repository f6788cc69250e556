import { describe, expect, it } from 'vitest'
import type { DialogsTab, OpenDialogs } from '../testing/open-dialogs.ts'

/** Lets the server do what it is asked, and cuts the answer off on its way: twice. @returns the keys of all that is sent */
async function cutOff({ page }: DialogsTab, procedure: string): Promise<readonly string[]> {
  const keys: string[] = []
  await page.route(`**/${procedure}**`, async (route) => {
    keys.push(/"key":"([0-9a-f]+)"/.exec(route.request().postData() ?? '')?.[1] ?? '')
    if (keys.length > 2) return await route.continue()
    expect((await route.fetch()).status()).toBe(200)
    await route.abort('connectionreset')
  })
  return keys
}

async function runsOf({ page }: DialogsTab, tableId: string): Promise<unknown> {
  const list = `/ops/rpc/runs.list?input=${encodeURIComponent(JSON.stringify({ tableId }))}`
  return (await (await page.request.get(new URL(list, page.url()).href)).json()).result.data.items
}

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

      const keys = await cutOff(tab, 'cells.run')
      await start.click()
      await expect.poll(() => dialog.count()).toBe(0)
      expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
      expect(keys).toEqual([keys[0], keys[0], keys[0]])
      await expect
        .poll(() => runsOf(tab, tableId))
        .toEqual([expect.objectContaining({ state: 'done', progress: expect.objectContaining({ done: 3, total: 3 }) })])
    })

    it('is one import of a file, too', async () => {
      await using tab = await openTab()
      const { dialog } = tab
      const tableId = await tab.showTable('Unheard file', [{ name: 'Name', type: 'text' }], [{ name: 'Ada' }])
      await tab.open('Import')
      const buffer = Buffer.from('Name\nGrace\nRadia\n')
      await dialog.locator('input[type="file"]').setInputFiles({ name: 'two.csv', mimeType: 'text/csv', buffer })
      await dialog.getByRole('button', { name: 'Look at what would happen' }).click()
      const keys = await cutOff(tab, 'imports.start')
      await dialog.getByRole('button', { name: 'Import 2 rows' }).click()
      await dialog.getByText('Done · 2 of 2 rows').waitFor()
      expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
      expect(keys).toEqual([keys[0], keys[0], keys[0]])
      expect(await runsOf(tab, tableId)).toEqual([expect.objectContaining({ state: 'done' })])
    })
  })
}
