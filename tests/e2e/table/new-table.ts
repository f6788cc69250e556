import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { axeFaults } from '../testing/axe-faults.ts'
import { isOnGrid } from '../testing/keyboard-focus.ts'
import type { OpenTable, TableWindow } from '../testing/open-workspace.ts'

const sheet = 'Name\tEmail\tScore\nAda\tada@acme.com\t7\nGrace\tgrace@acme.com\t12\n'

/** Pastes into what has the focus, as Ctrl+V does. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((plain) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', plain)
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  }, text)
}

const columnNames = ({ page }: TableWindow) => page.locator('.ops-head-name').allTextContents()

async function typesOf({ page }: TableWindow, name: string): Promise<readonly string[]> {
  const answer = await page.request.get(new URL('/ops/rpc/tables.list?input=%7B%7D', page.url()).href)
  const tables: { name: string; columns: { type: string }[] }[] = (await answer.json()).result.data.items
  return tables.find((table) => table.name === name)?.columns.map(({ type }) => type) ?? []
}

async function makeTable({ page }: TableWindow, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New table' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Make table' }).click()
  await page.locator('.ops-empty').waitFor()
}

/** A blank table, and what people paste into it first. */
export function describeNewTable(openTable: OpenTable): void {
  const home = { scene: 'home', ready: '.ops-home-line' } as const
  describe('a table that was just made', () => {
    it('has the focus, asks for fields that a paste lacks, and one undo takes all of it back', async () => {
      await using tab = await openTable(home)
      const { page } = tab
      await makeTable(tab, 'Pasted leads')
      await expect.poll(() => isOnGrid(page)).toBe(true)
      await paste(page, sheet)
      const question = page.getByRole('alertdialog')
      await question.getByText('The clipboard has 2 more columns than there are fields to the right').waitFor()
      await question.getByText('Email, Score').waitFor()
      expect(await axeFaults(page)).toEqual([])
      await question.getByRole('button', { name: 'Add 2 fields' }).click()
      await page.getByText('Pasted 6 cells. 2 rows were added. 2 fields were added.').first().waitFor()
      await expect.poll(() => columnNames(tab)).toEqual(['Name', 'Email', 'Score'])
      expect(await typesOf(tab, 'Pasted leads')).toEqual(['text', 'email', 'number'])
      await expect.poll(() => tab.column('Score')).toEqual(['7', '12'])
      expect(await tab.column('Name')).toEqual(['Ada', 'Grace'])
      expect(await isOnGrid(page)).toBe(true)

      await tab.press('Control+z')
      await expect.poll(() => columnNames(tab)).toEqual(['Name'])
      await expect.poll(() => tab.column('Name')).toEqual([])
      await tab.press('Control+Shift+z')
      await expect.poll(() => columnNames(tab)).toEqual(['Name', 'Email', 'Score'])
      await expect.poll(() => tab.column('Score')).toEqual(['7', '12'])
      // As quickly as fingers can. Each takes back, or brings back, the three operations of the paste.
      const done: string[] = []
      page.on('response', (response) => {
        const [call] = /undo\.(undo|redo)/.exec(response.url()) ?? []
        if (call !== undefined) done.push(call)
      })
      await tab.press('Control+z', 'Control+Shift+z', 'Control+z')
      const three = (call: string) => Array.from({ length: 3 }, () => call)
      await expect.poll(() => done).toEqual(['undo.undo', 'undo.redo', 'undo.undo'].flatMap(three))
      await expect.poll(() => columnNames(tab)).toEqual(['Name'])
      await expect.poll(() => tab.column('Name')).toEqual([])
    })

    it('takes what fits where the user wants no more fields, and says what was left out', async () => {
      await using tab = await openTable(home)
      const { page } = tab
      await makeTable(tab, 'One column')
      await paste(page, sheet)
      await page.getByRole('button', { name: 'Paste what fits' }).click()
      await page.getByText('2 columns of the clipboard were left out').first().waitFor()
      await expect.poll(() => tab.column('Name')).toEqual(['Name', 'Ada', 'Grace'])
      expect(await columnNames(tab)).toEqual(['Name'])
      // Without a row that names them, and with one cell that is not of the others' type.
      await tab.press('Control+Home')
      await paste(page, 'Ada\t1\nGrace\t2\nJoan\tmany\n')
      const question = page.getByRole('alertdialog')
      await question.getByText('Field 2').waitFor()
      expect(await question.getByRole('checkbox').count()).toBe(0)
      await question.getByRole('button', { name: 'Add 1 field' }).click()
      await expect.poll(() => columnNames(tab)).toEqual(['Name', 'Field 2'])
      expect(await typesOf(tab, 'One column')).toEqual(['text', 'text'])
      await expect.poll(() => tab.column('Field 2')).toEqual(['1', '2', 'many'])
      await page.getByRole('button', { name: 'Undo' }).last().click()
      await expect.poll(() => tab.column('Name')).toEqual(['Name', 'Ada', 'Grace'])
      await expect.poll(() => columnNames(tab)).toEqual(['Name'])
    })

    it('offers no fields to those who may make none', async () => {
      await using tab = await openTable({ query: 'role=editor' })
      const { page } = tab
      await page.locator('.ops-grid-rows').focus()
      await tab.press('Control+Home', 'End')
      await paste(page, 'one\ttwo\tthree\n')
      const question = page.getByRole('alertdialog')
      await question.getByText('The clipboard has 2 more columns').waitFor()
      expect(await question.getByRole('button').allTextContents()).not.toContain('Add 2 fields')
      await question.getByRole('button', { name: 'Paste nothing' }).click()
    })
  })
}
