import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { axeFaults } from './testing/axe-faults.ts'
import { focusOf } from './testing/keyboard-focus.ts'
import { describeScenes } from './testing/open-scene.ts'

const openScene = describeScenes(join(import.meta.dirname, 'page'), { development: true })
const openControls = (options = {}) => openScene('scene=controls', options, '.controls')

describe('controls', () => {
  it.each([
    { colorScheme: 'light', width: 1440 },
    { colorScheme: 'dark', width: 390 },
  ] as const)('have no fault that axe finds, $colorScheme at $width px, closed and open', async (look) => {
    const { colorScheme, width } = look
    await using scene = await openControls({ colorScheme, viewport: { width, height: 900 } })
    const { page } = scene
    expect(await axeFaults(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)

    await page.getByRole('button', { name: 'Open dialog' }).click()
    const dialog = page.getByRole('dialog', { name: 'Edit column' })
    await dialog.getByRole('combobox', { name: 'Type' }).click()
    await page.getByRole('option', { name: 'Number' }).waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.getByRole('combobox', { name: 'Country' }).fill('den')
    await page.getByRole('option', { name: 'Denmark' }).waitFor()
    expect(await axeFaults(page)).toEqual([])
  })

  it('are worked by keyboard alone, and a closed dialog gives the focus back', async () => {
    await using scene = await openControls()
    const { page } = scene
    await page.getByRole('button', { name: 'Open dialog' }).focus()
    await scene.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Edit column' })
    await dialog.getByRole('textbox', { name: 'Name' }).focus()
    await page.keyboard.type('Amount')
    await scene.press('Tab', 'Tab', 'ArrowUp', 'Tab', 'Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.role)).toBe('option')
    await scene.press('ArrowDown', 'Enter')
    await expect.poll(() => dialog.getByRole('combobox', { name: 'Type' }).textContent()).toContain('Number')
    expect(await dialog.getByRole('textbox', { name: 'Decimals' }).inputValue()).toBe('3')
    await dialog.getByRole('textbox', { name: 'Name' }).focus()
    await scene.press('Enter')
    await expect.poll(() => dialog.count()).toBe(0)
    await focusOf(page).toBe('Open dialog')
  })

  it('tell what happened and offer to take it back', async () => {
    await using scene = await openControls()
    const { page } = scene
    await page.getByRole('button', { name: 'Delete rows' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Undone.').first().waitFor()
    await page.getByRole('button', { name: 'Delete column' }).click()
    const question = page.getByRole('alertdialog', { name: 'Delete the column “Score”?' })
    await question.waitFor()
    await scene.press('Escape')
    await expect.poll(() => question.count()).toBe(0)
  })

  it.each([
    { opener: 'Open tall dialog', width: 1440, height: 900 },
    { opener: 'Open tall dialog', width: 1280, height: 640 },
    { opener: 'Open tall dialog', width: 390, height: 844 },
    { opener: 'Open drawer', width: 1440, height: 900 },
    { opener: 'Open drawer', width: 390, height: 844 },
  ])('tell what happened without covering a button of a window: $opener at $width × $height', async (look) => {
    const { opener, ...viewport } = look
    await using scene = await openControls({ viewport, reducedMotion: 'reduce' })
    const { page } = scene
    await page.getByRole('button', { name: opener }).click()
    const dialog = page.getByRole('dialog', { name: 'Push to HubSpot' })
    await dialog.getByRole('button', { name: 'Tell' }).click()
    await expect.poll(() => page.locator('.ops-notice').count()).toBe(2)
    const covered = () =>
      page.evaluate(() => {
        const boxesOf = (selector: string) =>
          [...document.querySelectorAll(selector)].map((element) => ({ element, box: element.getBoundingClientRect() }))
        const notices = boxesOf('.ops-notice')
        return boxesOf('.ops-modal button').flatMap(({ element, box }) => {
          const isCovered = notices.some(
            ({ box: { left, right, top, bottom } }) =>
              left < box.right && right > box.left && top < box.bottom && bottom > box.top,
          )
          return isCovered ? [element.getAttribute('aria-label') ?? element.textContent] : []
        })
      })
    await expect.poll(covered).toEqual([])
    expect(await page.locator('.ops-notice').first().isVisible()).toBe(true)
  })
})
