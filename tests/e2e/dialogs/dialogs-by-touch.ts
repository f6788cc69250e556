import { describe, expect, it } from 'vitest'
import type { DialogsTab, OpenDialogs } from '../testing/open-dialogs.ts'
import { touchFaults } from '../testing/touch-faults.ts'

const phone = { width: 390, height: 844 }
const touched = { hasTouch: true, isMobile: true }

interface Look {
  readonly name: string
  /** Opens what is looked at. */
  open(tab: DialogsTab): Promise<void>
}

/** A panel of the toolbar, with a line in it. */
const panel = (name: string, add: string): Look => ({
  name,
  async open({ page }) {
    await page.getByRole('toolbar').getByRole('button', { name }).tap()
    await page.getByRole('button', { name: add }).tap()
    await page.getByRole('dialog').getByRole('combobox').first().waitFor()
  },
})

const panels: readonly Look[] = [
  panel('Filter', 'Add condition'),
  panel('Sort', 'Add sort'),
  panel('Group', 'Add level'),
  panel('Colour', 'Add rule'),
  {
    name: 'Fields',
    async open({ page }) {
      await page.getByRole('toolbar').getByRole('button', { name: 'Fields' }).tap()
      await page.getByRole('switch').first().waitFor()
    },
  },
  {
    name: 'choices of a field',
    async open({ page }) {
      await page.getByRole('toolbar').getByRole('button', { name: 'Sort' }).tap()
      await page.getByRole('dialog').getByRole('combobox', { name: 'Direction' }).tap()
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'menu',
    async open({ page }) {
      await page.getByRole('button', { name: 'More', exact: true }).tap()
      await page.getByRole('menuitem').first().waitFor()
    },
  },
  {
    name: 'row',
    async open({ page }) {
      await page.locator('.ops-row').getByText('Ada Lovelace').first().tap()
      await page.keyboard.press('Space')
      await page.getByRole('complementary').getByRole('tab').first().waitFor()
    },
  },
]

/** A dialog of the bar, once what stands for it is there. */
const dialog = (name: string, ready: (tab: DialogsTab) => ReturnType<DialogsTab['dialog']['locator']>): Look => ({
  name,
  async open(tab) {
    await tab.open(name)
    await ready(tab).first().waitFor()
  },
})

const part = (words: string, then: (tab: DialogsTab) => Promise<void> = async () => {}): Look => ({
  name: words,
  async open(tab) {
    await tab.open('Add column')
    await tab.dialog.getByRole('combobox', { name: 'Search column types' }).fill(words)
    await tab.page.keyboard.press('Enter')
    await tab.dialog.getByRole('textbox', { name: 'Name', exact: true }).waitFor()
    await then(tab)
  },
})

const dialogs: readonly Look[] = [
  dialog('Add column', ({ dialog }) => dialog.getByRole('option')),
  part('status'),
  part('formula', ({ page, dialog }) =>
    dialog
      .getByRole('textbox', { name: 'Formula', exact: true })
      .focus()
      .then(() => page.keyboard.type('@scre'))
      .then(() => dialog.getByRole('button', { name: 'Use @score' }).waitFor()),
  ),
  part('verify'),
  dialog('Edit Amount', ({ dialog }) => dialog.getByRole('combobox', { name: 'Type' })),
  dialog('Table settings', ({ dialog }) => dialog.getByRole('textbox')),
  dialog('Import', ({ dialog }) => dialog.getByRole('button', { name: 'Choose a file' })),
  dialog('Export', ({ dialog }) => dialog.getByRole('link', { name: 'Download' })),
  dialog('New table', ({ dialog }) => dialog.getByRole('textbox')),
  dialog('Connections', ({ dialog }) => dialog.getByRole('button', { name: /^Connect/ })),
  dialog('Runs', ({ dialog }) => dialog.getByRole('tab', { name: 'Schedules' })),
  {
    name: 'Schedules',
    async open(tab) {
      await tab.open('Runs')
      await tab.dialog.getByRole('tab', { name: 'Schedules' }).tap()
      await tab.dialog.getByRole('button', { name: 'New schedule' }).waitFor()
    },
  },
]

/** On phones. */
export function describeDialogsByTouch(openTab: OpenDialogs): void {
  describe('by touch', () => {
    it('the marks of a rule of colours stand in one line, with the button that removes it at the end', async () => {
      await using tab = await openTab(phone, '', touched)
      const { page } = tab
      await page
        .getByRole('toolbar')
        .getByRole('button', { name: /^Colour/ })
        .click()
      await page.getByRole('button', { name: 'Add rule' }).click()
      const place = async (name: string) => await page.getByRole('button', { name, exact: true }).boundingBox()
      const [bold, struck, remove] = [await place('Bold'), await place('Struck through'), await place('Remove rule')]
      expect([struck?.y, remove?.y]).toEqual([bold?.y, bold?.y])
      expect(remove?.x).toBeGreaterThan((struck?.x ?? 0) + (struck?.width ?? 0) + 40)
    })

    it.each([
      { what: 'panels and menus', looks: panels },
      { what: 'dialogs', looks: dialogs },
    ])('everything in $what is large enough for a finger, in sight and over nothing else', async ({ looks }) => {
      await using tab = await openTab(phone, '', { ...touched, development: true })
      const { page } = tab
      const floating = page.locator(':is(.ops-modal, .ops-popover, .ops-menu, .ops-choices, .ops-row-panel)')
      for (const look of looks) {
        await look.open(tab)
        // What has just come in is still moving.
        await expect.poll(() => touchFaults(page), { message: look.name }).toEqual([])
        await expect
          .poll(async () => {
            // What was typed is asked about.
            const discard = page.getByRole('alertdialog').getByRole('button', { name: 'Discard' })
            if ((await discard.count()) > 0) await discard.tap()
            else await page.keyboard.press('Escape')
            return await floating.count()
          })
          .toBe(0)
      }
    })
  })
}
