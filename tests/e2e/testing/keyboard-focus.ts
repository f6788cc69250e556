import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What has the focus, as people call it: by its name for screen readers, the label of its field, or its text. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const has = document.activeElement
    const isField = has instanceof HTMLInputElement || has instanceof HTMLTextAreaElement
    const label = isField ? has.labels?.[0]?.textContent : has?.textContent
    return has?.getAttribute('aria-label') ?? label ?? ''
  })
}

/** Waits for what has the focus, by its name. */
export const focusOf = (page: Page) => expect.poll(() => focused(page))

/** Whether the focus is on the rows of a table. */
export function isOnGrid(page: Page): Promise<boolean> {
  return page.evaluate(() => document.activeElement?.classList.contains('ops-grid-rows') === true)
}

/** Goes on with Tab until what is called so has the focus, though it comes late. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const goOn = async () => {
    const at = await focused(page)
    if (typeof name === 'string' ? at !== name : !name.test(at)) await page.keyboard.press('Tab')
    return at
  }
  const reached = expect.poll(goOn, { interval: 1 })
  await (typeof name === 'string' ? reached.toBe(name) : reached.toMatch(name))
}

/** Goes on with Tab until the focus is on the rows of the table. */
export async function tabToGrid(page: Page): Promise<void> {
  const goOn = async () => {
    const isThere = await isOnGrid(page)
    if (!isThere) await page.keyboard.press('Tab')
    return isThere
  }
  await expect.poll(goOn, { interval: 1 }).toBe(true)
}
