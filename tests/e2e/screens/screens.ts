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

export const screens: readonly Screen[] = [
  { name: 'mixed', query: 'scene=mixed&footer&pin-end' },
  {
    name: 'range',
    query: 'scene=mixed',
    async act(page) {
      await page.mouse.click(400, 150)
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('Shift+ArrowRight')
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
      await page.mouse.dblclick(700, 150)
      await page.getByRole('listbox').waitFor()
    },
  },
  {
    name: 'date-editor',
    query: 'scene=mixed&columns=9',
    async act(page) {
      await page.locator('.ops-grid-rows').focus()
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'End', 'Enter']) await page.keyboard.press(key)
      await page.locator('.ops-calendar').waitFor()
    },
  },
  {
    name: 'refused-edit',
    query: 'scene=mixed',
    async act(page) {
      await page.mouse.dblclick(850, 150)
      await page.keyboard.press('Control+a')
      await page.keyboard.type('about five')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'cell-menu',
    query: 'scene=mixed',
    async act(page) {
      await page.mouse.click(500, 300, { button: 'right' })
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
      await page.mouse.click(850, 150)
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
      await page.locator('.ops-foot-cell[aria-colindex="6"]').getByRole('button').click()
      await page.getByRole('menu').waitFor()
    },
  },
  {
    name: 'tags-editor',
    query: 'scene=mixed&columns=7',
    async act(page) {
      await page.locator('.ops-grid-rows').focus()
      for (const key of ['ArrowDown', 'ArrowDown', 'End', 'Enter']) await page.keyboard.press(key)
      await page.getByRole('listbox').waitFor()
    },
  },
  {
    name: 'rating-editor',
    query: 'scene=mixed&columns=11',
    async act(page) {
      await page.locator('.ops-grid-rows').focus()
      for (const key of ['ArrowDown', 'ArrowDown', 'End', 'Enter']) await page.keyboard.press(key)
      await page.getByRole('slider').waitFor()
    },
  },
  {
    name: 'long-text-editor',
    query: 'scene=mixed&columns=17',
    async act(page) {
      await page.locator('.ops-grid-rows').focus()
      for (const key of ['ArrowDown', 'ArrowDown', 'End', 'Enter']) await page.keyboard.press(key)
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
