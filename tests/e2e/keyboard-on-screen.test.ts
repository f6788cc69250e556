import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { describeWorkspace } from './testing/open-workspace.ts'

const openTable = describeWorkspace()
const phone = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: 'reduce',
} as const
/** What the keyboard of a phone leaves of 844 px. */
const seenPx = 480

/** As on phones, where the keyboard lies over the page, whose size stays. Chromium without a screen has none to show. */
const coverPage = (page: Page, heightPx: number) =>
  page.evaluate((height) => {
    Object.defineProperty(window.visualViewport, 'height', { configurable: true, value: height })
    window.visualViewport?.dispatchEvent(new Event('resize'))
  }, heightPx)

const bottomOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .last()
    .evaluate((element) => element.getBoundingClientRect().bottom)

describe('while the keyboard of a phone covers the page', () => {
  it('the buttons of a dialog and the field of the command menu are seen', async () => {
    await using tab = await openTable(phone)
    const { page } = tab
    await page.locator('.ops-grid-rows').focus()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').waitFor()
    await coverPage(page, seenPx)
    await expect.poll(() => bottomOf(page, '.ops-commands')).toBeLessThanOrEqual(seenPx)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'New view' }).press('Enter')
    await page.getByRole('dialog', { name: 'New view' }).getByRole('textbox').focus()
    await expect.poll(() => bottomOf(page, '.ops-modal-foot .ops-button')).toBeLessThanOrEqual(seenPx)
    await coverPage(page, 844)
    await expect.poll(() => bottomOf(page, '.ops-modal')).toBe(844)
  })

  it('the cell that is typed in stays in sight where the keyboard makes the page smaller', async () => {
    await using tab = await openTable(phone)
    const { page } = tab
    await page.locator('.ops-grid-rows').focus()
    await page.keyboard.press('Control+End')
    await page.keyboard.press('F2')
    await page.locator('.ops-editor-input').waitFor()
    await page.setViewportSize({ width: 390, height: seenPx })
    await expect.poll(() => bottomOf(page, '.ops-editor-input')).toBeLessThanOrEqual(seenPx)
  })
})
