import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { describeScenes, type Scene } from './testing/open-scene.ts'
import { describeWorkspace } from './testing/open-workspace.ts'

const openScene = describeScenes(join(import.meta.dirname, 'page'))
const openTable = describeWorkspace({ development: true })

const directionOf = (part: Locator) => part.evaluate((element) => getComputedStyle(element).direction)

/** Where the first row's cell of the second column begins, in px from the left. */
const firstCellPx = async ({ page }: Scene) =>
  (await page.locator('.ops-pane-center [aria-colindex="3"]').first().boundingBox())?.x ?? 0

/** Turns the page, and waits for the frame in which the grid hears of it. */
const turn = async (page: Page, direction: string) => {
  await page.evaluate((dir) => {
    document.documentElement.dir = dir
  }, direction)
  await nextFrame(page)
}

const nextFrame = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))

describe('a grid without a direction of its own', () => {
  it('reads from right to left on a page that does', async () => {
    await using scene = await openScene('scene=mixed&page-direction=rtl')
    expect(await firstCellPx(scene)).toBeGreaterThan(700)
    await scene.grid.focus()
    await scene.press('ArrowDown', 'ArrowLeft', 'ArrowLeft')
    expect(await scene.activePlace()).toBe('0:2')
    await scene.press('End')
    const last = await scene.page.locator('[id$="-0-29"]').boundingBox()
    expect(last?.x).toBeGreaterThanOrEqual(0)
    expect(last?.x).toBeLessThan(700)
  })

  it('turns where the host turns the page, and stays in its cell', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'ArrowRight', 'ArrowRight')
    await turn(scene.page, 'rtl')
    await expect.poll(() => firstCellPx(scene)).toBeGreaterThan(700)
    expect(await scene.activePlace()).toBe('0:2')
    await scene.press('ArrowLeft')
    expect(await scene.activePlace()).toBe('0:3')
    await turn(scene.page, 'ltr')
    await expect.poll(() => firstCellPx(scene)).toBeLessThan(700)
    await scene.press('ArrowRight')
    expect(await scene.activePlace()).toBe('0:4')
  })

  it('turns by the style of an element around it too', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.page.evaluate(() => document.getElementById('app')?.style.setProperty('direction', 'rtl'))
    await nextFrame(scene.page)
    expect(await firstCellPx(scene)).toBeGreaterThan(700)
    await scene.grid.focus()
    await scene.press('ArrowDown', 'ArrowLeft')
    expect(await scene.activePlace()).toBe('0:1')
  })

  it('scrolls and clicks where it is seen after it was turned', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.page.mouse.move(700, 500)
    await scene.page.mouse.wheel(600, 2_000)
    await expect.poll(() => scene.scroller.evaluate((root) => root.scrollTop)).toBe(2_000)
    await turn(scene.page, 'rtl')
    await expect.poll(() => directionOf(scene.scroller)).toBe('rtl')
    await scene.page.mouse.wheel(-600, 0)
    await expect.poll(() => scene.scroller.evaluate((root) => root.scrollLeft)).toBeLessThan(-500)
    const cells = scene.page.locator('.ops-pane-center .ops-cell')
    const [x, y] = [500, 400]
    await scene.page.mouse.click(x, y)
    const active = await scene.activePlace()
    const seen = await cells.evaluateAll(
      (all, [atX, atY]) =>
        all.find((cell) => {
          const box = cell.getBoundingClientRect()
          return box.left <= atX && atX < box.right && box.top <= atY && atY < box.bottom
        })?.id ?? '',
      [x, y] as const,
    )
    expect(seen.split('-').slice(1).join(':')).toBe(active)
  })
})

describe('a grid with a direction of its own', () => {
  it('keeps it on a page that reads the other way', async () => {
    await using scene = await openScene('scene=grouped&page-direction=rtl&direction=ltr')
    await scene.page.locator('.ops-group-heading').first().click()
    const chevron = scene.page.locator('[aria-expanded="false"] .ops-chevron').first()
    expect(await directionOf(scene.scroller)).toBe('ltr')
    await chevron.evaluate((mark) => Promise.all(mark.getAnimations().map(({ finished }) => finished)))
    const turned = await chevron.evaluate((mark) => getComputedStyle(mark).transform)
    await turn(scene.page, 'ltr')
    await chevron.evaluate((mark) => Promise.all(mark.getAnimations().map(({ finished }) => finished)))
    expect(await chevron.evaluate((mark) => getComputedStyle(mark).transform)).toBe(turned)
  })
})

describe('what opens over a table', () => {
  it.each([
    { page: 'ltr', table: 'rtl', expected: 'rtl' },
    { page: 'rtl', table: 'ltr', expected: 'ltr' },
    { page: 'rtl', table: '', expected: 'rtl' },
  ])('reads $expected on a page of $page with the direction “$table”', async ({ page: around, table, expected }) => {
    await using tab = await openTable({ query: `page-direction=${around}&direction=${table}` })
    const { page } = tab
    expect(await directionOf(page.locator('.ops-grid'))).toBe(expected)
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    const filter = page.getByRole('dialog', { name: 'Filter' })
    expect(await directionOf(filter)).toBe(expected)
    await page.getByRole('button', { name: 'Add condition' }).click()
    await page.getByRole('combobox', { name: 'Operator' }).click()
    expect(await directionOf(page.getByRole('listbox'))).toBe(expected)
    await tab.press('Escape', 'Escape')
    await page.getByRole('columnheader', { name: 'Company' }).click({ button: 'right' })
    expect(await directionOf(page.getByRole('menu'))).toBe(expected)
    await tab.press('Escape', 'Control+k')
    expect(await directionOf(page.getByRole('combobox'))).toBe(expected)
    await tab.press('Escape')
    await page.getByRole('button', { name: 'New view' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'New view' })
    expect(await directionOf(dialog)).toBe(expected)
    await dialog.getByRole('button', { name: 'Only for me' }).focus()
    await tab.press(expected === 'rtl' ? 'ArrowLeft' : 'ArrowRight')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('For everyone')
  })

  it('turns with the page', async () => {
    await using tab = await openTable()
    const { page } = tab
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await turn(page, 'rtl')
    await expect.poll(() => directionOf(page.getByRole('dialog', { name: 'Filter' }))).toBe('rtl')
    await expect.poll(() => directionOf(page.locator('.ops-grid'))).toBe('rtl')
  })
})
