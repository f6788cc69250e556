import type { Page } from 'playwright-core'

/** A screen worth a look: where it is, and what to do before the picture. */
export interface Screen {
  readonly name: string
  /** Query of the test page. */
  readonly query: string
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
  { name: 'rtl', query: 'scene=mixed&direction=rtl&pin-end&footer' },
]
