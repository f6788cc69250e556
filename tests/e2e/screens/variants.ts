import type { BrowserContextOptions, Page } from 'playwright-core'

/** How a screen is looked at. */
export interface Variant {
  readonly name: string
  readonly context: BrowserContextOptions
  /** What to do once the screen is there. */
  readonly after?: (page: Page) => Promise<void>
}

const wide = { viewport: { width: 1440, height: 900 } } as const
const narrow = { viewport: { width: 390, height: 844 }, hasTouch: true } as const

/** What each screen is taken in where no variants are named. */
export const usualVariants: readonly Variant[] = [
  { name: 'wide-light', context: { ...wide, colorScheme: 'light' } },
  { name: 'wide-dark', context: { ...wide, colorScheme: 'dark' } },
  { name: 'narrow-light', context: { ...narrow, colorScheme: 'light' } },
  { name: 'narrow-dark', context: { ...narrow, colorScheme: 'dark' } },
]

/** What a screen is taken in on demand. */
export const moreVariants: readonly Variant[] = [
  { name: 'forced', context: { ...wide, colorScheme: 'light', forcedColors: 'active' } },
  { name: 'smallest', context: { viewport: { width: 320, height: 640 }, hasTouch: true } },
  { name: 'zoomed', context: { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 } },
  { name: 'german', context: wide, after: speakGerman },
  { name: 'german-narrow', context: narrow, after: speakGerman },
  { name: 'mirrored', context: wide, after: mirror },
]

/** Changes the language of the demo with everything left open. */
async function speakGerman(page: Page): Promise<void> {
  await page.evaluate(() => {
    const select = [...document.querySelectorAll('select')].find(({ options }) =>
      [...options].some(({ value }) => value === 'de'),
    )
    if (select === undefined) return
    select.value = 'de'
    select.dispatchEvent(new Event('change', { bubbles: true }))
  })
  await page.waitForLoadState('networkidle')
}

async function mirror(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl'
    window.dispatchEvent(new Event('resize'))
  })
}
