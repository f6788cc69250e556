import { describe, expect, it } from 'vitest'
import { axeFaults } from '../testing/axe-faults.ts'
import type { DialogsTab, OpenDialogs } from '../testing/open-dialogs.ts'

const contactColumns = [
  { name: 'Name', type: 'text' },
  { name: 'Email', type: 'email' },
]

const questionOf = ({ page }: DialogsTab) => page.getByRole('alertdialog', { name: 'Discard changes?' })

/** Waits until something has the focus. */
const hasFocus = (part: ReturnType<DialogsTab['dialog']['locator']>) =>
  expect.poll(() => part.evaluate((element) => element === document.activeElement)).toBe(true)

/** Leaves a window that holds changes by Escape, goes on with them, and then discards them. */
async function refuseThenDiscard(tab: DialogsTab, field: ReturnType<DialogsTab['dialog']['locator']>): Promise<void> {
  const { page } = tab
  const question = questionOf(tab)
  const held = await field.inputValue()
  await field.focus()
  await page.keyboard.press('Escape')
  await hasFocus(question.getByRole('button', { name: 'Keep editing' }))
  await page.keyboard.press('Escape')
  await expect.poll(() => question.count()).toBe(0)
  await hasFocus(field)
  expect(await field.inputValue()).toBe(held)
  await page.keyboard.press('Escape')
  await hasFocus(question.getByRole('button', { name: 'Keep editing' }))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect.poll(() => question.count()).toBe(0)
}

/** What is typed into a window is not lost without a word. */
export function describeUnsavedDialogs(openTab: OpenDialogs): void {
  describe('a window that holds what nobody saved', () => {
    it('asks before it goes by Escape, a click beside it or one of its buttons, and closes at once where nothing was changed', async () => {
      await using tab = await openTab()
      const { page, dialog, open } = tab
      const question = questionOf(tab)
      await open('Edit Score')
      const name = dialog.getByRole('textbox', { name: 'Name', exact: true })
      await hasFocus(name)
      await page.keyboard.press('Escape')
      await expect.poll(() => dialog.count()).toBe(0)
      expect(await question.count()).toBe(0)

      await open('Edit Score')
      await hasFocus(name)
      await page.keyboard.press('Control+a')
      await page.keyboard.type('Points')
      await page.keyboard.press('Escape')
      await hasFocus(question.getByRole('button', { name: 'Keep editing' }))
      expect(await axeFaults(page)).toEqual([])
      await page.keyboard.press('Enter')
      await hasFocus(name)
      for (const leave of [
        () => page.mouse.click(5, 400),
        () => dialog.getByRole('button', { name: 'Close' }).click(),
        () => dialog.getByRole('button', { name: 'Cancel' }).click(),
      ]) {
        await leave()
        await question.getByRole('button', { name: 'Keep editing' }).click()
        await expect.poll(() => question.count()).toBe(0)
        expect(await name.inputValue()).toBe('Points')
      }
      // What was changed back is no change.
      await name.fill('Score')
      await page.keyboard.press('Escape')
      await expect.poll(() => dialog.count()).toBe(0)
    })

    it('is any in which something is typed: columns, formulas, tables, their settings, and what a plugin is asked with', async () => {
      await using tab = await openTab()
      const { page, dialog, open } = tab
      const question = questionOf(tab)
      const gone = () => expect.poll(() => dialog.count()).toBe(0)
      const name = dialog.getByRole('textbox', { name: 'Name', exact: true })
      const choose = async (words: string) => {
        await open('Add column')
        await dialog.getByRole('combobox', { name: 'Search column types' }).fill(words)
        await page.keyboard.press('Enter')
        await hasFocus(name)
      }

      // What is only looked for is not typed into a form.
      await open('Add column')
      await dialog.getByRole('combobox', { name: 'Search column types' }).fill('date')
      await page.keyboard.press('Escape')
      await gone()

      await choose('formula')
      await page.keyboard.press('Escape')
      await gone()
      await choose('formula')
      const formula = dialog.getByRole('textbox', { name: 'Formula' })
      await formula.fill('@score * 2 + 1')
      await dialog.getByRole('button', { name: 'Back' }).press('Enter')
      await question.getByRole('button', { name: 'Keep editing' }).press('Enter')
      await expect.poll(() => question.count()).toBe(0)
      await refuseThenDiscard(tab, formula)
      await gone()
      await hasFocus(page.locator('.dialogs-buttons').getByRole('button', { name: 'Add column' }))

      await choose('verify')
      await name.fill('Verdict')
      await refuseThenDiscard(tab, name)
      await gone()

      await open('Table settings')
      const description = dialog.getByRole('textbox', { name: /^Description/ })
      await description.fill('Deals of this year')
      await refuseThenDiscard(tab, description)
      await gone()

      await open('New table')
      const tableName = dialog.getByRole('textbox', { name: 'Name' })
      await tableName.fill('Leads')
      await dialog.getByRole('button', { name: 'From a file' }).click()
      await question.getByRole('button', { name: 'Keep editing' }).click()
      await expect.poll(() => question.count()).toBe(0)
      await refuseThenDiscard(tab, tableName)
      await gone()

      await open('Connections')
      await dialog.getByRole('button', { name: 'Connect Reoon' }).press('Enter')
      const key = dialog.getByLabel('API key')
      await key.fill('half-a-k')
      await refuseThenDiscard(tab, key)
      await gone()
    })

    it('asks for a form in it alone where that stands in its place, and for the form where the window goes', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await tab.showTable('Kept forms', contactColumns, [{ name: 'Ada', email: 'ada@acme.com' }])
      const question = questionOf(tab)
      await tab.open('Runs')
      await dialog.getByRole('tab', { name: 'Feeds', exact: true }).click()
      const newFeed = dialog.getByRole('button', { name: 'New feed' })
      await newFeed.press('Enter')
      const source = dialog.getByRole('combobox', { name: 'Source' })
      await hasFocus(source)
      await dialog.getByRole('button', { name: 'Show choices Source' }).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.getByRole('listbox').waitFor()
      await page.keyboard.press('Escape')
      await expect.poll(() => page.getByRole('listbox').count()).toBe(0)
      expect(await source.count()).toBe(1)
      await page.keyboard.press('Escape')
      await hasFocus(newFeed)

      await newFeed.press('Enter')
      await source.fill('People')
      await page.getByRole('option', { name: /^People/ }).click()
      const tableName = dialog.getByRole('textbox', { name: 'Name of the table' })
      await tableName.fill('Readers of ours')
      // Another page of the window, and the window itself, take the form with them.
      await dialog.getByRole('tab', { name: 'Spend', exact: true }).click()
      await question.getByRole('button', { name: 'Keep editing' }).click()
      await dialog.getByRole('button', { name: 'Close' }).click()
      await question.getByRole('button', { name: 'Keep editing' }).click()
      await expect.poll(() => question.count()).toBe(0)
      expect(await tableName.inputValue()).toBe('Readers of ours')
      await refuseThenDiscard(tab, tableName)
      await expect.poll(() => tableName.count()).toBe(0)
      await hasFocus(newFeed)

      await dialog.getByRole('tab', { name: 'Spend', exact: true }).click()
      const limit = dialog.getByLabel(/Monthly limit/)
      await limit.fill('5')
      await refuseThenDiscard(tab, limit)
      await expect.poll(() => dialog.count()).toBe(0)
    })
  })
}
