import { describe, expect, it } from 'vitest'
import { axeFaults } from '../testing/axe-faults.ts'
import { focused, focusOf, isOnGrid, tabTo, tabToGrid } from '../testing/keyboard-focus.ts'
import type { DialogsTab, OpenDialogs } from '../testing/open-dialogs.ts'

const contactColumns = [
  { name: 'Name', type: 'text' },
  { name: 'Email', type: 'email' },
]

const contacts = [
  { name: 'Ada', email: 'ada@acme.com' },
  { name: 'Nobody', email: null },
  { name: 'Bob', email: 'invalid@acme.com' },
  { name: 'Eve', email: 'eve@acme.com' },
]

/** Connects a plugin in the dialog that is open. */
async function connect({ dialog }: DialogsTab, label: string, secret: string): Promise<void> {
  await dialog.last().getByLabel(label).fill(secret)
  await dialog.last().getByRole('button', { name: 'Connect', exact: true }).click()
}

/** Opens the form of a part in the palette. */
async function choosePart({ page, dialog, open }: DialogsTab, words: string): Promise<void> {
  await open('Add column')
  await dialog.getByRole('combobox', { name: 'Search column types' }).fill(words)
  await page.keyboard.press('Enter')
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).waitFor()
}

async function chooseQuick({ page, dialog }: DialogsTab): Promise<void> {
  await dialog.getByRole('combobox', { name: 'Mode' }).click()
  await page.getByRole('option', { name: 'Quick' }).click()
}

/** Tabs and menus of the dialog over the page. */
const work = ({ dialog }: DialogsTab, name: string) => dialog.getByRole('tab', { name, exact: true }).click()

/** Columns that plugins fill, runs, and what starts them. */
export function describeRunDialogs(openTab: OpenDialogs): void {
  describe('a column that a plugin fills', () => {
    it('is connected, tried on three rows, added, estimated, run, looked into and paid', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await tab.showTable('Contacts', contactColumns, contacts)
      await choosePart(tab, 'verify')
      await dialog.getByText('Connect Reoon first: it is asked in your name.').waitFor()
      expect(await dialog.getByRole('button', { name: 'Add column' }).isDisabled()).toBe(true)
      await dialog.getByRole('button', { name: 'Connect Reoon' }).click()
      await connect(tab, 'API key', 'reoon-key')
      await expect.poll(() => dialog.count()).toBe(1)
      await chooseQuick(tab)
      const preview = dialog.getByRole('region', { name: 'Preview' })
      await preview.getByText('E-mail address is empty.').waitFor()
      await preview.getByText(/Costs up to 2 credits/).waitFor()
      expect(await axeFaults(page)).toEqual([])
      await preview.getByRole('button', { name: 'Try it on 2 rows' }).click()
      await preview.getByText('Invalid', { exact: true }).waitFor()
      await preview.getByText('That was 2 credits.').waitFor()

      await dialog.getByRole('button', { name: 'Add column' }).click()
      await dialog.getByText('Run Verify e-mail', { exact: true }).waitFor()
      await dialog.getByText('at most 1 credit').waitFor()
      expect(await axeFaults(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Run 4 cells' }).click()
      await page.locator('.ops-row').getByText('Invalid', { exact: true }).waitFor()

      const skipped = page.locator('.ops-row').getByText('E-mail address is empty.')
      await skipped.click()
      const details = page.getByRole('dialog', { name: 'Details of the cell' })
      await details.getByText('Made of').waitFor()
      expect(await axeFaults(page)).toEqual([])
      await page.keyboard.press('Escape')
      await expect.poll(() => details.count()).toBe(0)
      await page.locator('.ops-row').getByText('Invalid', { exact: true }).click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Where this is from' }).click()
      await details.getByText('Reoon', { exact: true }).waitFor()
      await details.getByRole('button', { name: 'Show the run' }).click()

      await dialog.getByText('Verify e-mail · Contacts').waitFor()
      await dialog.getByText(/^Done · 4 of 4 rows · 1 skipped · 2 known already/).waitFor()
      await dialog.getByText('by u1').first().waitFor()
      expect(await axeFaults(page)).toEqual([])
      await work(tab, 'Spend')
      const lines = dialog.getByRole('region', { name: 'What it was spent on' }).getByRole('listitem')
      await expect
        .poll(() => lines.allTextContents())
        .toEqual([
          'Actions and trials · ContactsReoon · 2 items2 credits',
          'Verify e-mail · ContactsReoon · 1 item1 credit',
        ])
      await dialog.getByLabel(/Monthly limit/).fill('100')
      await dialog.getByRole('button', { name: 'Set budget', exact: true }).click()
      await dialog.getByText('3 of 100 credits').waitFor()
      expect(await axeFaults(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Remove the budget' }).click()
      await dialog.getByText('No budget is set: spending is not limited.').waitFor()
    })
  })

  describe('a run over a column', () => {
    it('shows how far it is in the header, where it is paused, resumed and stopped', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      // The vendor takes five at a time, a fifth of a second each: so many are not done before one has paused them.
      const rows = Array.from({ length: 600 }, (_, n) => ({ name: `Person ${n}`, email: `slow@d${n}.com` }))
      await tab.showTable('Slow', contactColumns, rows)
      await choosePart(tab, 'verify')
      await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Verdict')
      await chooseQuick(tab)
      await dialog.getByRole('button', { name: 'Add column' }).click()
      await dialog.getByLabel('Cells at most').fill('590')
      await dialog.getByRole('button', { name: 'Run 590 cells' }).click()
      const header = page.locator('.ops-head-cell', { hasText: 'Verdict' })
      await header.getByText(/^\d+ \/ 590/).waitFor()
      await page.route(/runs\.pause/, (route) => route.abort())
      await header.getByRole('button', { name: 'Pause the run of Verdict' }).click()
      await page.getByText('The server did not answer.').first().waitFor()
      await page.unroute(/runs\.pause/)
      await header.getByRole('button', { name: 'Pause the run of Verdict' }).click()
      await header.getByText(/^Paused/).waitFor()
      expect(await axeFaults(page)).toEqual([])
      await header.getByRole('button', { name: 'Let the run of Verdict go on' }).click()
      await header.getByRole('button', { name: 'Stop the run of Verdict' }).click()
      await expect.poll(() => header.locator('.ops-head-run').count()).toBe(0)

      // What is left is offered from the menus of the column and of the table.
      await header.hover()
      await header.getByRole('button', { name: /menu/i }).click()
      await page.getByRole('menuitem', { name: 'Run column …' }).click()
      await dialog.getByRole('button', { name: 'All', exact: true }).click()
      await dialog.getByRole('button', { name: 'Run 600 cells' }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('toolbar').getByRole('button', { name: 'Run', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Run Verdict' }).click()
      await dialog.getByText('Cells that nobody asked for yet.').waitFor()
      await page.keyboard.press('Escape')

      await tab.open('Runs')
      await dialog.getByRole('combobox', { name: 'State' }).click()
      await page.getByRole('option', { name: 'Paused' }).click()
      await dialog.getByText('No run fits the filter.').waitFor()
      await dialog.getByRole('combobox', { name: 'State' }).click()
      await page.getByRole('option', { name: 'Cancelled' }).click()
      await dialog.getByText('Verdict · Slow').waitFor()
    })
  })

  describe('a budget', () => {
    it('stops a run that would spend more, says so over the table and in the list, and lets it go on once it is raised', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      const rows = Array.from({ length: 6 }, (_, n) => ({ name: `Guest ${n}`, email: `guest${n}@budget.com` }))
      await tab.showTable('Bounded', contactColumns, rows)
      await tab.open('Runs')
      await work(tab, 'Spend')
      await dialog.getByLabel(/Monthly limit/).fill('1000')
      await page.keyboard.press('Enter')
      await dialog.getByText(/ of 1,000 credits$/).waitFor()
      // Other trials have spent some of this month already.
      const spent = Number.parseInt((await dialog.getByText(/ of 1,000 credits$/).textContent()) ?? '', 10)
      await page.route(/budgets\.set/, (route) => route.abort())
      await dialog.getByRole('button', { name: 'Remove the budget' }).click()
      await page.getByText('The server did not answer.').first().waitFor()
      await page.unroute(/budgets\.set/)
      await dialog.getByLabel(/Monthly limit/).fill(`${spent + 2}`)
      await page.keyboard.press('Enter')
      await dialog.getByText(`${spent} of ${spent + 2} credits`).waitFor()
      await page.keyboard.press('Escape')

      await choosePart(tab, 'verify')
      await chooseQuick(tab)
      await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Checked')
      await dialog.getByRole('button', { name: 'Add column' }).click()
      await dialog.getByText(/^2 credits left of /).waitFor()
      await dialog.getByText('That is more than the budget has left').waitFor()
      await dialog.getByRole('button', { name: 'Run 6 cells' }).click()
      const banner = page.getByRole('status').filter({ hasText: 'The run of Checked is paused.' })
      await banner.getByText('The credit budget for this month is used up').waitFor()
      await expect.poll(() => page.locator('.ops-row').getByText('Valid', { exact: true }).count()).toBe(2)
      expect(await axeFaults(page)).toEqual([])

      // The rest by keys alone.
      await tabTo(page, 'Show the run')
      await page.keyboard.press('Enter')
      await dialog.getByText('The credit budget for this month is used up').first().waitFor()
      await tabTo(page, 'Runs')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await dialog.getByRole('region', { name: 'What it was spent on' }).waitFor()
      await dialog.getByLabel(/Monthly limit/).focus()
      await page.keyboard.type('1000')
      await page.keyboard.press('Enter')
      await dialog.getByText(/ of 1,000 credits$/).waitFor()
      await dialog.getByRole('tab', { name: 'Spend' }).focus()
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('Enter')
      await tabTo(page, 'Go on')
      await page.keyboard.press('Enter')
      await dialog.getByText(/^Done · 6 of 6 rows/).waitFor()
      await page.keyboard.press('Escape')
      await expect.poll(() => page.locator('.ops-row').getByText('Valid', { exact: true }).count()).toBe(6)
      await expect.poll(() => banner.count()).toBe(0)
      await tab.open('Runs')
      await work(tab, 'Spend')
      await dialog.getByRole('button', { name: 'Remove the budget' }).click()
      await dialog.getByText('No budget is set: spending is not limited.').waitFor()
    })
  })

  describe('feeds and schedules', () => {
    it('read a source into a new table, now and by the clock', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await tab.open('Runs')
      await work(tab, 'Feeds')
      await dialog.getByText('No feeds yet').waitFor()
      await dialog.getByRole('button', { name: 'New feed' }).click()
      await dialog.getByRole('combobox', { name: 'Source' }).fill('People')
      await page.getByRole('option', { name: /^People/ }).click()
      await dialog.getByRole('button', { name: 'Connect Signpost' }).click()
      await connect(tab, 'API token', 'signpost-token')
      await expect.poll(() => dialog.count()).toBe(1)
      await dialog.getByRole('combobox', { name: 'List' }).click()
      await page.getByRole('option', { name: 'Newsletter' }).click()
      await dialog.getByRole('button', { name: 'Look at the first records' }).click()
      await dialog.getByText('person0@example.com').waitFor()
      expect(await axeFaults(page)).toEqual([])
      await dialog.getByRole('textbox', { name: 'Name of the table' }).fill('Readers')
      await page.route(/sources\.sync/, (route) => route.abort())
      await dialog.getByRole('button', { name: 'Make feed' }).click()
      await page.getByText('The server did not answer.').first().waitFor()
      expect(await page.getByText('The sync of People has begun.').count()).toBe(0)
      await page.unroute(/sources\.sync/)
      await dialog.getByRole('button', { name: 'Sync now' }).click()
      await page.getByText('The sync of People has begun.').first().waitFor()
      await dialog.getByText(/Signpost → Readers · synced/).waitFor()

      await work(tab, 'Schedules')
      await dialog.getByText('Nothing begins by itself').waitFor()
      await dialog.getByRole('button', { name: 'New schedule' }).click()
      await dialog.getByRole('textbox', { name: 'At', exact: true }).fill('6 o’clock')
      await dialog.getByRole('button', { name: 'Make schedule' }).click()
      await dialog.getByRole('alert').first().waitFor()
      await dialog.getByRole('textbox', { name: 'At', exact: true }).fill('06:30')
      expect(await axeFaults(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Make schedule' }).click()
      await dialog.getByText(/^Monday to Friday at 6:30 AM .* next /).waitFor()
      await dialog.getByRole('button', { name: 'Edit Sync People' }).click()
      await expect.poll(() => dialog.locator('.ops-next-runs li').allTextContents()).toHaveLength(3)
      await dialog.getByRole('combobox', { name: 'When' }).click()
      await page.getByRole('option', { name: 'Every day', exact: true }).click()
      await dialog.getByRole('textbox', { name: 'At', exact: true }).fill('7:15')
      await expect
        .poll(() => dialog.locator('.ops-next-runs li').allTextContents())
        .toEqual([expect.stringContaining('7:15'), expect.stringContaining('7:15'), expect.stringContaining('7:15')])
      expect(await axeFaults(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Save' }).click()
      await dialog.getByText(/^Every day at 7:15 AM .* next /).waitFor()
      await dialog.getByRole('switch', { name: 'Sync People is on' }).click()
      await dialog.getByText(/· Off$/).waitFor()
      await dialog.getByRole('button', { name: 'Delete Sync People' }).click()
      await dialog.getByText('Nothing begins by itself').waitFor()
      await page.keyboard.press('Escape')

      // Without its connection the feed says what is wrong, and cannot be synced.
      await tab.open('Connections')
      await dialog.getByRole('button', { name: /^More about .*Signpost/ }).click()
      await page.getByRole('menuitem', { name: 'Disconnect' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
      await expect.poll(() => dialog.getByRole('button', { name: /^More about .*Signpost/ }).count()).toBe(0)
      await dialog.getByRole('button', { name: 'Connect Signpost' }).click()
      await connect(tab, 'API token', 'signpost-token')
      await dialog.getByRole('button', { name: /^More about .*Signpost/ }).waitFor()
      await page.keyboard.press('Escape')
      await tab.open('Runs')
      await work(tab, 'Feeds')
      await dialog.getByText('Its connection is gone.').waitFor()
      expect(await dialog.getByRole('button', { name: 'Sync now' }).isDisabled()).toBe(true)
      expect(await axeFaults(page)).toEqual([])

      // Another connection is chosen, tried and saved by the keyboard alone.
      const press = async (...keys: readonly string[]) => {
        for (const key of keys) await page.keyboard.press(key)
      }
      const settings = dialog.getByRole('form', { name: 'Settings of People' })
      await dialog.getByRole('tab', { name: 'Feeds', exact: true }).focus()
      await press('Tab', 'Tab')
      expect(await focused(page)).toBe('Settings of People')
      await press('Enter')
      const connection = settings.getByRole('combobox', { name: 'Connection' })
      await expect.poll(() => connection.textContent()).toContain('Signpost')
      await expect.poll(() => connection.evaluate((element) => element === document.activeElement)).toBe(true)
      await settings.getByText('The next sync reads all records again.').waitFor()
      await settings.getByRole('button', { name: 'Look at the first records' }).focus()
      await press('Enter')
      await settings.getByText('person0@example.com').waitFor()
      expect(await axeFaults(page)).toEqual([])
      await settings.getByRole('textbox', { name: 'Name of the feed' }).focus()
      await press('Control+a')
      await page.keyboard.type('All readers')
      await press('Enter')
      await page.getByText('The sync of All readers has begun.').first().waitFor()
      await focusOf(page).toBe('Settings of All readers')
      await expect.poll(() => dialog.getByText('Its connection is gone.').count()).toBe(0)
      await dialog.getByText(/Signpost → Readers · synced/).waitFor()
      await expect.poll(() => dialog.getByRole('button', { name: 'Sync now' }).isDisabled()).toBe(false)

      // Left by its button, the form gives the focus back.
      await press('Enter')
      await settings.waitFor({ state: 'detached' })
      await dialog
        .getByRole('form', { name: 'Settings of All readers' })
        .getByRole('button', { name: 'Cancel' })
        .focus()
      await press('Enter')
      await focusOf(page).toBe('Settings of All readers')

      // So does a button that was busy, and what is left where the last feed is deleted.
      const sync = dialog.getByRole('button', { name: 'Sync now' })
      const begun = page.waitForResponse(/sources\.sync/)
      await sync.focus()
      await press('Enter')
      await begun
      await expect.poll(() => sync.getAttribute('aria-busy')).toBe(null)
      await expect.poll(() => sync.evaluate((button) => button === document.activeElement)).toBe(true)
      await dialog.getByRole('button', { name: 'Delete All readers' }).focus()
      await press('Enter')
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete All readers' }).press('Enter')
      await dialog.getByText('No feeds yet').waitFor()
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('New feed')
    })
  })

  describe('what a column is asked with', () => {
    it('is read by a formula for the rows of a condition, or one value for all, as its form says', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await tab.showTable('Asked', contactColumns, contacts)
      const input = async (from: RegExp) => {
        await dialog.getByRole('combobox', { name: 'Email' }).click()
        await page.getByRole('option', { name: from }).click()
      }
      await choosePart(tab, 'find company')
      await input(/^A formula/)
      await dialog.getByRole('textbox', { name: 'Formula' }).focus()
      await page.keyboard.type('LOWER(@name) & "@acme.com" ')
      await dialog.getByRole('switch', { name: 'Only some rows' }).click()
      await dialog.getByRole('button', { name: 'Add condition' }).click()
      await dialog.getByRole('combobox', { name: 'Value', exact: true }).fill('Eve')
      await page.getByRole('option', { name: /^Eve/ }).first().click()
      expect(await axeFaults(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Add column' }).click()
      await dialog.getByRole('button', { name: /^Run / }).click()
      await page.locator('.ops-row').getByText('acme', { exact: true }).waitFor()
      await expect.poll(() => page.locator('.ops-cell-skipped').count()).toBe(3)

      await tab.open('Edit Find company')
      await dialog.getByRole('switch', { name: 'Only some rows' }).click()
      await input(/^The same value/)
      await dialog.getByRole('textbox', { name: 'Email' }).last().fill('somebody@globex.com')
      await dialog.getByRole('button', { name: 'Save' }).click()
      await expect.poll(() => dialog.count()).toBe(0)
      await page.getByRole('toolbar').getByRole('button', { name: 'Run', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Run Find company' }).click()
      await dialog.getByRole('button', { name: 'All', exact: true }).click()
      await dialog.getByRole('button', { name: 'Run 4 cells' }).click()
      await expect.poll(() => page.locator('.ops-row').getByText('globex', { exact: true }).count()).toBe(4)
    })

    it('is chosen, run, looked into, run again and written by hand by the keyboard alone', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await tab.showTable('Keys', contactColumns, [{ name: 'Ada', email: 'ada@acme.com' }])
      const press = async (...keys: readonly string[]) => {
        for (const key of keys) await page.keyboard.press(key)
      }
      const cell = page.locator('.ops-row').getByText('acme', { exact: true })
      const details = page.getByRole('dialog', { name: 'Details of the cell' })
      const lookInto = async () => {
        await press('Shift+F10')
        await expect.poll(() => page.evaluate(() => document.activeElement?.role)).toMatch(/^menu/)
        await expect
          .poll(async () => {
            await press('ArrowDown')
            return await page.evaluate(() => document.activeElement?.textContent)
          })
          .toBe('Where this is from')
        await press('Enter')
        await details.getByText('Made of').waitFor()
      }
      await tabToGrid(page)
      await press('Control+k')
      await page.getByRole('combobox', { name: 'What do you want to do?' }).waitFor()
      await page.keyboard.type('add column')
      await press('Enter')
      await dialog.getByRole('combobox', { name: 'Search column types' }).waitFor()
      await page.keyboard.type('find company')
      await press('Enter')
      await dialog.getByRole('region', { name: 'Preview' }).getByRole('button', { name: 'Try it on one row' }).focus()
      await press('Enter')
      await dialog.getByText('That was 1 credit.').waitFor()
      await dialog.getByRole('textbox', { name: 'Name', exact: true }).focus()
      await press('Enter')
      await dialog.getByRole('button', { name: 'Run one cell' }).focus()
      await press('Enter')
      await cell.waitFor()
      await expect.poll(() => dialog.count()).toBe(0)

      await expect.poll(() => isOnGrid(page)).toBe(true)
      await press('Control+Home', 'Control+ArrowRight')
      await lookInto()
      // It begins with itself: what is said first is at its top, and Enter runs nothing.
      await expect.poll(() => details.evaluate((window) => window === document.activeElement)).toBe(true)
      // Once round its buttons, and never into the page behind it.
      const visited = new Set<string>()
      for (let step = 0; step < 8; step += 1) {
        await press('Tab')
        const at = () =>
          details.evaluate((window) => {
            const { activeElement } = document
            return window.contains(activeElement) ? (activeElement?.ariaLabel ?? activeElement?.textContent) : null
          })
        await expect.poll(at).not.toBeNull()
        visited.add((await at()) ?? '')
      }
      const inOrder = ['Show the run', 'Run again', 'Edit by hand', 'Close']
      expect([...visited].filter((name) => inOrder.includes(name))).toEqual(inOrder)
      await details.getByRole('button', { name: 'Run again' }).focus()
      await press('Enter')
      await expect.poll(() => details.count()).toBe(0)
      await expect.poll(() => isOnGrid(page)).toBe(true)
      await lookInto()
      await details.getByRole('button', { name: 'Edit by hand' }).focus()
      await press('Enter')
      await page.locator('.ops-editor-place input').waitFor()
      await press('Control+a')
      await page.keyboard.type('Acme Ltd')
      await press('Enter')
      await page.locator('.ops-row').getByText('Acme Ltd', { exact: true }).waitFor()
    })
  })

  describe('a cell that has failed', () => {
    it('says why and what to do, is retried with its run, and is mended by another input of its column', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await tab.showTable('Failing', contactColumns, [{ name: 'Ada', email: 'ada@acme.com' }])
      const readFrom = async (column: string) => {
        await dialog.getByRole('combobox', { name: 'Email' }).fill(column)
        await page.getByRole('option', { name: column, exact: true }).click()
      }
      await choosePart(tab, 'find company')
      await readFrom('Name')
      await dialog.getByRole('button', { name: 'Add column' }).click()
      await dialog.getByRole('button', { name: 'Run one cell' }).click()
      await page
        .locator('.ops-row')
        .getByText(/^Email: /)
        .click()
      const details = page.getByRole('dialog', { name: 'Details of the cell' })
      await details.getByText('INPUT_INVALID').waitFor()
      await details.getByText('Mend the cell that it reads, then run it again.').waitFor()
      expect(await axeFaults(page)).toEqual([])
      await page.keyboard.press('Escape')
      await expect.poll(() => details.count()).toBe(0)
      await page.keyboard.press('Space')
      await page
        .getByRole('complementary')
        .getByText(/^Email: /)
        .waitFor()
      await page.keyboard.press('Escape')

      await tab.open('Runs')
      await dialog.getByText('Find company · Failing').first().waitFor()
      await dialog.getByRole('button', { name: 'Retry failed' }).first().press('Enter')
      await page.getByText('The failed ones are asked for again.').first().waitFor()
      await expect.poll(() => dialog.getByText('Find company · Failing').count()).toBe(2)
      const former = dialog.locator('.ops-run-line').filter({ hasText: '1 failed, run again: 1 left' })
      const name = former.locator('.ops-run-name')
      await expect.poll(() => name.evaluate((button) => button === document.activeElement)).toBe(true)
      await expect.poll(() => dialog.getByRole('button', { name: 'Retry failed' }).count()).toBe(1)
      await page.keyboard.press('Escape')

      await tab.open('Edit Find company')
      await readFrom('Email')
      expect(await axeFaults(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Save' }).click()
      await expect.poll(() => dialog.count()).toBe(0)
      await page.getByRole('toolbar').getByRole('button', { name: 'Run', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Run Find company' }).click()
      await dialog.getByRole('button', { name: 'Stale', exact: true }).click()
      await dialog.getByRole('button', { name: 'Run one cell' }).click()
      await page.locator('.ops-row').getByText('acme', { exact: true }).waitFor()
    })
  })

  describe('an action', () => {
    it('is done for the selected rows once its count and cost are confirmed, and says what became of each', async () => {
      await using tab = await openTab({ width: 1200, height: 800 })
      const { page, dialog } = tab
      await tab.showTable('People', contactColumns, contacts)
      await page.locator('.ops-row').getByText('ada@acme.com').click()
      await page.keyboard.press('Shift+ArrowDown')
      await page.locator('.ops-row').getByText('ada@acme.com').click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Do something with 2 rows …' }).click()
      await dialog.getByRole('button', { name: /^Invite/ }).click()
      await dialog.getByText(/^Fill in the form/).waitFor()
      await dialog.getByRole('textbox', { name: 'List' }).fill('l1')
      await dialog.getByRole('button', { name: 'Invite for 2 rows' }).click()
      expect(await axeFaults(page)).toEqual([])
      await page.getByRole('alertdialog').getByText('It costs nothing and cannot be taken back.').waitFor()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Invite for 2 rows' }).click()
      await dialog.getByText(/^Done · 2 of 2 rows/).waitFor()
      await dialog.getByRole('region', { name: 'Rows' }).getByText('Done', { exact: true }).waitFor()
      await dialog.getByRole('region', { name: 'Rows' }).getByText('Skipped', { exact: true }).waitFor()
      expect(await axeFaults(page)).toEqual([])
    })

    it('is done by a schedule for the rows of a view', async () => {
      await using tab = await openTab()
      const { page, dialog } = tab
      await tab.showTable('Viewed', contactColumns, contacts)
      await page.getByRole('button', { name: 'Filter', exact: true }).click()
      await page.getByRole('button', { name: 'Add condition' }).click()
      await page.getByRole('combobox', { name: 'Value', exact: true }).fill('Ada')
      await page.getByText('1 of 4 rows').waitFor()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Escape')
      await page.getByRole('toolbar').getByRole('button', { name: 'Run', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Do something with rows …' }).click()
      await dialog.getByRole('button', { name: /^Invite/ }).click()
      await dialog.getByRole('textbox', { name: 'List' }).fill('l1')
      await dialog.getByRole('button', { name: 'Invite for one row' }).waitFor()
      await dialog.getByRole('button', { name: 'Schedule …' }).click()
      await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Invite new ones')
      expect(await axeFaults(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Make schedule' }).click()
      await page
        .getByText(/^Invite new ones begins /)
        .first()
        .waitFor()
      await page.keyboard.press('Escape')
      await tab.open('Runs')
      await work(tab, 'Schedules')
      await dialog.getByText('Action of signpost').waitFor()
      await dialog.getByRole('button', { name: 'Delete Invite new ones' }).click()
      await dialog.getByText('Nothing begins by itself').waitFor()
    })

    it('is offered in the panel of a row, on phones too, and not to those who may only look', async () => {
      await using tab = await openTab({ width: 390, height: 844 })
      const { page, dialog } = tab
      await tab.showTable('Phones', contactColumns, contacts)
      await page.locator('.ops-row').getByText('Ada', { exact: true }).click()
      await page.keyboard.press('Space')
      await page.getByRole('button', { name: 'Do something with this row' }).click()
      await dialog.getByRole('button', { name: /^Invite/ }).waitFor()
      expect(await axeFaults(page)).toEqual([])
      await using viewer = await openTab({ width: 390, height: 844 }, '&role=viewer')
      await viewer.page.locator('.ops-row').first().click()
      await viewer.page.keyboard.press('Space')
      await viewer.page.getByRole('complementary').waitFor()
      expect(await viewer.page.getByRole('button', { name: 'Do something with this row' }).count()).toBe(0)
    })
  })
}
