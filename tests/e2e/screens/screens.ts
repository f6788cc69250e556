import type { Page } from 'playwright-core'

/** A screen worth a look: where it is, and what to do before the picture. */
export interface Screen {
  readonly name: string
  /** Query of the test page. */
  readonly query: string
  /** What is there once it can be looked at. @default the rows of a grid */
  readonly ready?: string
  readonly act?: (page: Page) => Promise<void>
}

/** Goes to a cell by keys, which bring it into sight on narrow screens too, and presses some there. */
async function atCell(page: Page, row: number, column: number, ...keys: readonly string[]): Promise<void> {
  await page.locator('.ops-grid-rows').focus()
  await page.keyboard.press('Control+Home')
  for (let step = 0; step < row; step++) await page.keyboard.press('ArrowDown')
  for (let step = 0; step < column; step++) await page.keyboard.press('ArrowRight')
  for (const key of keys) await page.keyboard.press(key)
}

export const screens: readonly Screen[] = [
  { name: 'mixed', query: 'scene=mixed&footer&pin-end' },
  {
    name: 'range',
    query: 'scene=mixed',
    async act(page) {
      await atCell(page, 3, 1, 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight')
    },
  },
  { name: 'grouped', query: 'scene=grouped' },
  { name: 'states', query: 'scene=states' },
  { name: 'compact', query: 'scene=mixed&density=compact' },
  { name: 'tall', query: 'scene=mixed&density=tall' },
  {
    name: 'option-editor',
    query: 'scene=mixed',
    async act(page) {
      await atCell(page, 3, 3, 'Enter')
      await page.getByRole('listbox').waitFor()
    },
  },
  {
    name: 'date-editor',
    query: 'scene=mixed&columns=9',
    async act(page) {
      await atCell(page, 2, 0, 'End', 'Enter')
      await page.locator('.ops-calendar').waitFor()
    },
  },
  {
    name: 'refused-edit',
    query: 'scene=mixed',
    async act(page) {
      await atCell(page, 3, 4, 'F2', 'Control+a')
      await page.keyboard.type('about five')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'cell-menu',
    query: 'scene=mixed',
    async act(page) {
      await atCell(page, 7, 2, 'Shift+F10')
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'column-menu',
    query: 'scene=mixed',
    async act(page) {
      await page.getByRole('columnheader', { name: 'Email' }).click({ button: 'right' })
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'find',
    query: 'scene=mixed',
    async act(page) {
      await page.locator('.ops-grid-rows').focus()
      await page.keyboard.press('Control+f')
      await page.keyboard.type('acme')
      await page.getByText(/^1 of/).waitFor()
    },
  },
  {
    name: 'refused-paste',
    query: 'scene=mixed',
    async act(page) {
      await atCell(page, 3, 4)
      await page.evaluate(() => {
        const data = new DataTransfer()
        data.setData('text/plain', 'about five\t2\n12\tx\nmany\tAda\n3k\tGrace')
        document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
      })
      await page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'summary-menu',
    query: 'scene=mixed&footer',
    async act(page) {
      await atCell(page, 0, 4)
      await page.locator('.ops-foot-cell[aria-colindex="6"]').getByRole('button').click()
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'tags-editor',
    query: 'scene=mixed&columns=7',
    async act(page) {
      await atCell(page, 1, 0, 'End', 'Enter')
      await page.getByRole('listbox').waitFor()
    },
  },
  {
    name: 'rating-editor',
    query: 'scene=mixed&columns=11',
    async act(page) {
      await atCell(page, 1, 0, 'End', 'Enter')
      await page.getByRole('slider').waitFor()
    },
  },
  {
    name: 'long-text-editor',
    query: 'scene=mixed&columns=17',
    async act(page) {
      await atCell(page, 1, 0, 'End', 'Enter')
      await page.locator('textarea').waitFor()
    },
  },
  { name: 'live', query: 'scene=live', act: (page) => page.locator('.ops-lives').first().waitFor() },
  { name: 'loading', query: 'scene=late' },
  {
    name: 'early-editor',
    query: 'scene=late',
    async act(page) {
      await page.locator('.ops-grid-rows').focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.type('Grace')
    },
  },
  { name: 'empty', query: 'scene=empty' },
  { name: 'controls', query: 'scene=controls', ready: '.controls' },
  { name: 'rtl', query: 'scene=mixed&direction=rtl&pin-end&footer' },
]
