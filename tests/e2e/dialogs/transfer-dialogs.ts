import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { axeFaults } from '../testing/axe-faults.ts'
import type { OpenDialogs } from '../testing/open-dialogs.ts'

const messy = `Report of May;;;
;;;
Full name;Work email;Points;Deal value
Ada Lovelace;P0@ACME.com;7;1.234,50 €
"Knuth; Donald";don@acme.com;about ten;99,90 €
Radia Perlman;radia@acme.com;12;
`

const file = (name: string, text: string) => ({
  name,
  mimeType: 'text/csv', // The euro sign of Windows-1252.
  buffer: Buffer.from(text.replaceAll('€', '\x80'), 'latin1'),
})

/** Files in and out. */
export function describeTransferDialogs(openTab: OpenDialogs): void {
  describe('importing', () => {
    it('brings a messy file in: what it finds out is shown, a dry run tells what would happen, undo takes it back', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await tab.open('Import')
      expect(await axeFaults(page)).toEqual([])
      await dialog.locator('input[type="file"]').setInputFiles(file('leads.csv', messy))
      await dialog.getByRole('combobox', { name: 'Where Work email goes' }).waitFor()
      const goesTo = (name: string) => dialog.getByRole('combobox', { name: `Where ${name} goes` })
      expect(await goesTo('Full name').textContent()).toBe('Name')
      expect(await goesTo('Work email').textContent()).toBe('Email')
      await goesTo('Deal value').click()
      await page.getByRole('option', { name: 'Amount' }).click()
      await goesTo('Points').click()
      await page.getByRole('option', { name: 'Score' }).click()
      await dialog.getByRole('combobox', { name: 'Rows that are there already' }).click()
      await page.getByRole('option', { name: 'Update them, add the others' }).click()
      expect(await dialog.locator('.ops-value').allTextContents()).toEqual(['Email'])
      expect(await axeFaults(page)).toEqual([])

      await dialog.getByRole('button', { name: 'Look at what would happen' }).press('Enter')
      await dialog.getByText('“about ten” is not a number').waitFor()
      await expect.poll(() => dialog.evaluate((window) => window === document.activeElement)).toBe(true)
      const counts = () => dialog.locator('.ops-count').allTextContents()
      expect(await counts()).toEqual(['New rows2', 'Updated1', 'Cells kept as text1'])
      expect(await axeFaults(page)).toEqual([])
      // By two columns, Ada is another one: her score differs.
      await dialog.getByRole('button', { name: 'Back' }).first().click()
      await dialog.getByRole('combobox', { name: 'A row is the same by' }).click()
      await page.getByRole('option', { name: 'Score' }).click()
      await page.keyboard.press('Escape')
      await dialog.getByRole('button', { name: 'Look at what would happen' }).click()
      await expect.poll(counts).toEqual(['New rows3', 'Cells kept as text1'])
      await dialog.getByRole('button', { name: 'Import 3 rows' }).click()
      await dialog.getByRole('button', { name: 'Undo the import' }).click()
      await page.getByText('The import was undone.').first().waitFor()
      await dialog.getByRole('button', { name: 'Done' }).click()
      await expect.poll(() => dialog.count()).toBe(0)
    })

    it('makes columns for all of a file in a table without rows, and asks before it drops what was decided', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await tab.showTable('Fresh', [{ name: 'Name', type: 'text' }], [])
      await tab.open('Import')
      await dialog.locator('input[type="file"]').setInputFiles(file('leads.csv', messy))
      const goesTo = (name: string) => dialog.getByRole('combobox', { name: `Where ${name} goes` })
      await goesTo('Work email').waitFor()
      expect(await goesTo('Full name').textContent()).toBe('Name')
      expect(await goesTo('Work email').textContent()).toBe('New column')
      expect(await dialog.getByRole('combobox', { name: 'Type of the column for Work email' }).textContent()).toBe(
        'E-mail',
      )
      await goesTo('Points').click()
      await page.getByRole('option', { name: 'Leave out' }).click()
      await dialog.getByRole('button', { name: 'Look at what would happen' }).click()
      await dialog.getByText('2 new columns:').waitFor()
      await dialog.getByText('Work email (E-mail)').waitFor()
      await page.keyboard.press('Escape')
      const question = page.getByRole('alertdialog', { name: 'Discard changes?' })
      await question.getByRole('button', { name: 'Keep editing' }).click()
      await dialog.getByText('2 new columns:').waitFor()
      await dialog.getByRole('button', { name: 'Close' }).click()
      await question.getByRole('button', { name: 'Discard' }).click()
      await expect.poll(() => dialog.count()).toBe(0)
      // Nothing was decided, so nothing is asked.
      await tab.open('Import')
      await dialog.locator('input[type="file"]').setInputFiles(file('leads.csv', messy))
      await goesTo('Work email').waitFor()
      await page.keyboard.press('Escape')
      await expect.poll(() => dialog.count()).toBe(0)
    })

    it('makes a table of rows that are pasted, on a phone', async () => {
      await using tab = await openTab({ width: 390, height: 844 })
      const { page, dialog } = tab
      await tab.open('New table')
      await dialog.getByRole('button', { name: 'From a file' }).click()
      const paste = dialog.getByRole('textbox', { name: 'Or paste rows of a spreadsheet' })
      await paste.focus()
      await paste.evaluate((element) => {
        const data = new DataTransfer()
        data.setData('text/plain', 'City\tPeople\nParis\t2100000\nRome\t2800000\n')
        element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
      })
      await dialog.getByRole('textbox', { name: 'Name of the new table' }).fill('Cities')
      expect(await dialog.getByRole('combobox', { name: 'Type of the column for People' }).textContent()).toBe('Number')
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
      expect(await axeFaults(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Look at what would happen' }).click()
      await dialog.getByRole('button', { name: 'Import 2 rows' }).click()
      await dialog.getByRole('button', { name: 'Done' }).click()
      await expect.poll(() => dialog.count()).toBe(0)
      await tab.open('New table')
      await dialog.getByRole('button', { name: 'From another table' }).click()
      await dialog.getByRole('combobox', { name: 'Table' }).fill('citi')
      await page.getByRole('option', { name: 'Cities' }).click()
      await expect.poll(() => dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Cities, a copy')
      await dialog.getByRole('button', { name: 'Make table' }).click()
      await expect.poll(() => dialog.count()).toBe(0)
    })

    it('says what cannot be read, and takes another file', async () => {
      await using tab = await openTab()
      await tab.open('Import')
      await tab.dialog.locator('input[type="file"]').setInputFiles(file('empty.csv', ''))
      await tab.dialog.getByRole('alert').waitFor()
      await tab.dialog.locator('input[type="file"]').setInputFiles(file('one.csv', 'Email\nx@acme.com\n'))
      await tab.dialog.getByRole('combobox', { name: 'Where Email goes' }).waitFor()
    })

    it('is not offered to whom it is not allowed', async () => {
      await using tab = await openTab(undefined, '&role=viewer')
      await tab.open('Import')
      await tab.dialog.getByText('Importing is for admins').waitFor()
    })
  })

  describe('a dialog whose code cannot be loaded', () => {
    it('says so over the table that stays, and opens once a new try succeeds', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await page.route(/export-dialog/, (route) => route.abort())
      await tab.open('Export')
      await dialog.getByText('A part of this page could not be loaded.').waitFor()
      expect(await axeFaults(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Try again' }).click()
      await dialog.getByText('A part of this page could not be loaded.').waitFor()
      await page.unroute(/export-dialog/)
      await dialog.getByRole('button', { name: 'Try again' }).click()
      await dialog.getByRole('link', { name: 'Download' }).waitFor()
      await page.keyboard.press('Escape')
      await page.route(/grid-menus/, (route) => route.abort())
      await page.locator('.ops-row').getByText('Ada Lovelace').first().click({ button: 'right' })
      await page.getByText('A part of this page could not be loaded.').first().waitFor()
      await page.unroute(/grid-menus/)
      await page.locator('.ops-row').getByText('Ada Lovelace').first().click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Open row' }).waitFor()
    })

    it('offers to reload where the code that it shares with others has failed, which no new try mends', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      const shared: string[] = []
      await page.route(/\.js$/, (route) => {
        const url = route.request().url()
        if (url.includes('import-dialog')) return route.continue()
        shared.push(url)
        return route.abort()
      })
      await tab.open('Import')
      await dialog.getByText('A part of this page could not be loaded.').waitFor()
      expect(shared.length).toBeGreaterThan(0)
      await page.unroute(/\.js$/)
      await dialog.getByRole('button', { name: 'Try again' }).click()
      await dialog.getByText(/^Another try does not help/).waitFor()
      expect(await dialog.getByRole('button', { name: 'Try again' }).count()).toBe(0)
      expect(await axeFaults(page)).toEqual([])
      const loaded = page.waitForEvent('load')
      await dialog.getByRole('button', { name: 'Reload the page' }).click()
      await loaded
      await tab.open('Import')
      await dialog.locator('input[type="file"]').waitFor({ state: 'attached' })
    })
  })

  describe('exporting', () => {
    it('downloads the table as the user wants it', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await tab.open('Export')
      await dialog.getByRole('button', { name: 'As shown' }).click()
      expect(await axeFaults(page)).toEqual([])
      const download = page.waitForEvent('download')
      await dialog.getByRole('link', { name: 'Download' }).click()
      const saved = await download
      expect(saved.suggestedFilename()).toBe('Deals.csv')
      const [head, first] = (await readFile(await saved.path(), 'utf8')).split('\r\n')
      expect(head?.replace('\ufeff', '')).toMatch(/^Name,Email,Score,Amount,Plan(,|$)/)
      expect(first).toMatch(/^Ada Lovelace,p0@acme.com,0,"€1,000.00",Team(,|$)/)
    })

    it('sends the headers of the host along, and saves what comes under the name that the server gives it', async () => {
      await using tab = await openTab(undefined, '&headers')
      const { page, dialog } = tab
      await tab.open('Export')
      await dialog.getByRole('button', { name: 'JSON Lines' }).click()
      const request = page.waitForRequest(/\/exports|\/export/)
      const response = page.waitForResponse(/\/exports/)
      const download = page.waitForEvent('download')
      await dialog.getByRole('button', { name: 'Download' }).click()
      expect((await request).headers()['x-signed']).toBe('yes')
      expect((await response).headers()['content-encoding']).toBe('gzip')
      const saved = await download
      expect(saved.suggestedFilename()).toBe('Deals.jsonl')
      const rows = (await readFile(await saved.path(), 'utf8')).trim().split('\n')
      expect(rows.length).toBeGreaterThanOrEqual(40)
      expect(JSON.parse(rows[0] ?? '')).toMatchObject({ Name: 'Ada Lovelace', Email: 'p0@acme.com', Score: 0 })
      await expect.poll(() => dialog.count()).toBe(0)
    })
  })
}
