import { describe, expect, it } from 'vitest'
import { axeFaults } from '../testing/axe-faults.ts'
import { tabTo, tabToGrid } from '../testing/keyboard-focus.ts'
import type { HostPage, OpenHost } from '../testing/open-host-page.ts'

/** Waits until the field of that name has the focus, as people look before they type. */
async function typeInto({ page }: HostPage, role: 'combobox' | 'textbox', name: string, text: string): Promise<void> {
  const field = page.getByRole(role, { name, exact: true })
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true)
  await page.keyboard.type(text)
}

/** Runs a command by a part of its name, from the table. @param down how many it stands below the first that is found */
async function command(host: HostPage, words: string, down = 0): Promise<void> {
  await tabToGrid(host.page)
  await host.press('Control+k')
  await typeInto(host, 'combobox', 'What do you want to do?', words)
  await host.press(...Array.from({ length: down }, () => 'ArrowDown'), 'Enter')
}

/** Begins to make a column of a type, and names it. */
async function beginColumn(host: HostPage, type: string, name: string): Promise<void> {
  await command(host, 'add column')
  await typeInto(host, 'combobox', 'Search column types', type)
  await host.press('Enter')
  await typeInto(host, 'textbox', 'Name', name)
}

/** A whole session without a mouse: nothing is clicked, and nothing gets the focus but by keys. */
export function describeKeyboardSession(open: OpenHost): void {
  describe('a session by keyboard alone', () => {
    it('makes a table, columns, a formula that is wrong at first, fills it, takes an edit back, sorts and saves a view', async () => {
      await using host = await open()
      const { page } = host
      const type = (text: string) => page.keyboard.type(text)
      await tabTo(page, /^All tables$/)
      await host.press('Enter')
      await page.locator('.ops-home-line').first().waitFor()
      await tabTo(page, /^New table$/)
      await host.press('Enter')
      await page.getByRole('dialog', { name: 'New table' }).waitFor()
      await tabTo(page, /^Name$/)
      await type('Conference')
      await host.press('Enter')
      await page.waitForURL(/tables\/tbl_/)
      await page.locator('.ops-grid-rows').waitFor()

      await beginColumn(host, 'number', 'Seats')
      await host.press('Enter')
      await page.getByRole('columnheader', { name: 'Seats' }).waitFor()
      await beginColumn(host, 'formula', 'Cost')
      await tabTo(page, /^Formula$/)
      await type('@sets * 90 ')
      await page.getByText('There is no column @sets.').waitFor()
      await tabTo(page, /^Use @seats$/)
      await host.press('Enter')
      await expect.poll(() => page.getByText('There is no column @sets.').count()).toBe(0)
      await tabTo(page, /^Add column$/)
      await host.press('Enter')
      await page.getByRole('columnheader', { name: 'Cost' }).waitFor()
      expect(await axeFaults(page)).toEqual([])

      await page.evaluate(() => navigator.clipboard.writeText('Ada\t2\nGrace\t5\nAlan\t3\n'))
      await tabToGrid(page)
      await host.press('ArrowDown', 'Control+v')
      await expect.poll(() => host.cell(1, 'Cost')).toBe('450')
      await host.press('Control+Home')
      await type('Ada Lovelace')
      await host.press('Enter')
      await expect.poll(() => host.cell(0, 'Name')).toBe('Ada Lovelace')
      await host.press('Control+z')
      await expect.poll(() => host.cell(0, 'Name')).toBe('Ada')

      await command(host, 'sort cost', 1)
      await expect.poll(() => host.cell(0, 'Name')).toBe('Grace')
      await command(host, 'save as new view')
      await page.getByRole('dialog', { name: 'Save as new view' }).waitFor()
      await typeInto(host, 'textbox', 'Name', 'By cost')
      await host.press('Enter')
      await expect
        .poll(() => page.getByRole('button', { name: 'By cost', exact: true }).getAttribute('aria-current'))
        .toBe('true')
    }, 90_000)

    it('is told what cannot be typed into, once for many keys', async () => {
      await using host = await open()
      await host.openTable('Contacts')
      await host.goTo(0, 'ICP score')
      const before = await host.cell(0, 'ICP score')
      await host.page.keyboard.type('42')
      const notices = host.page.locator('.ops-notice')
      await notices.first().waitFor()
      await host.press('Enter')
      expect(await notices.allTextContents()).toEqual(['ICP score cannot be edited.'])
      expect(await host.cell(0, 'ICP score')).toBe(before)
    })
  })
}
