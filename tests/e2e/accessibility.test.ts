import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { screens } from './screens/screens.ts'
import { axeFaults } from './testing/axe-faults.ts'
import { describeScenes } from './testing/open-scene.ts'

const openScene = describeScenes(join(import.meta.dirname, 'page'), { development: true })

describe('axe finds nothing wrong', () => {
  it.each(screens.filter(({ ready }) => ready === undefined))('in $name, light and dark', async ({ query, act }) => {
    await using scene = await openScene(query, { viewport: { width: 1440, height: 900 }, colorScheme: 'light' })
    await act?.(scene.page)
    expect(await axeFaults(scene.page)).toEqual([])
    await scene.page.emulateMedia({ colorScheme: 'dark' })
    expect(await axeFaults(scene.page, ['color-contrast'])).toEqual([])
  })

  it('in a list of options that scrolls', async () => {
    await using scene = await openScene('scene=mixed', { bypassCSP: true })
    await scene.page.addStyleTag({ content: '.ops-options, .ops-options-list { max-block-size: 80px }' })
    await scene.grid.focus()
    await scene.press('Control+Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter')
    await scene.page.getByRole('listbox').waitFor()
    expect(await axeFaults(scene.page)).toEqual([])
  })
})

describe('where the system gives the colours', () => {
  const forced = { forcedColors: 'active' } as const

  it('cells that are selected and the active one stand out', async () => {
    await using scene = await openScene('scene=mixed', forced)
    const cell = scene.page.locator('.ops-row[aria-rowindex="4"] .ops-cell').first()
    await scene.grid.focus()
    await scene.press('Control+Home')
    const [plain, plainEdge] = [await middleOf(cell), await edgeOf(cell)]
    await scene.press('ArrowDown', 'ArrowDown')
    await expect.poll(() => edgeOf(cell)).not.toEqual(plainEdge)
    await scene.press('Shift+ArrowUp')
    await expect.poll(() => middleOf(cell)).not.toEqual(plain)
  })

  it('the entry of a menu under the arrow keys stands out', async () => {
    await using scene = await openScene('scene=mixed', forced)
    await scene.grid.focus()
    await scene.press('Control+Home', 'Shift+F10')
    const entry = scene.page.getByRole('menuitem').nth(1)
    await entry.waitFor()
    await scene.press('Home')
    const plain = await middleOf(entry)
    await scene.press('ArrowDown')
    await expect.poll(() => middleOf(entry)).not.toEqual(plain)
  })

  it('a switch shows whether it is on', async () => {
    await using scene = await openScene('scene=controls', forced, '.controls')
    const toggle = scene.page.getByRole('switch').first()
    const off = await middleOf(toggle)
    await toggle.press('Space')
    await expect.poll(() => middleOf(toggle)).not.toEqual(off)
  })

  it('a button that cannot be pressed can be read', async () => {
    await using scene = await openScene('scene=controls', forced, '.controls')
    const button = scene.page.locator('.ops-button-main').first()
    const [color, behind] = await button.evaluate((element) => {
      element.toggleAttribute('disabled', true)
      document.body.style.backgroundColor = 'Canvas'
      return [getComputedStyle(element).color, getComputedStyle(document.body).backgroundColor]
    })
    expect(color).not.toBe(behind)
  })

  it('a failed cell has its sign', async () => {
    await using scene = await openScene('scene=states', forced)
    const { color, background } = await scene.page
      .locator('.ops-mark-failed')
      .first()
      .evaluate((mark) => {
        const behind = getComputedStyle(mark.closest('.ops-row') ?? mark).backgroundColor
        return { color: getComputedStyle(mark, '::before').color, background: behind }
      })
    expect(color).not.toBe(background)
  })
})

/** A picture of what is well inside of an element, without its edges. */
async function middleOf(element: Locator): Promise<Buffer> {
  const { x, y, width, height } = await boxOf(element)
  const clip = { x: x + 4, y: y + 4, width: width - 8, height: height - 8 }
  return await element.page().screenshot({ clip, animations: 'disabled' })
}

/** A picture of the edge at which an element begins. */
async function edgeOf(element: Locator): Promise<Buffer> {
  const { x, y, height } = await boxOf(element)
  return await element
    .page()
    .screenshot({ clip: { x, y: y + 4, width: 5, height: height - 8 }, animations: 'disabled' })
}

async function boxOf(element: Locator) {
  const box = await element.boundingBox()
  if (box === null) throw new Error('The element is not in sight.')
  return box
}

describe('who wants less motion', () => {
  it.each([
    ['grouped', '.ops-chevron'],
    ['controls', '.ops-spinner'],
  ])('finds none in the scene %s', async (name, ready) => {
    await using scene = await openScene(`scene=${name}`, {}, ready)
    const moving = () =>
      scene.page.evaluate(() =>
        [...document.querySelectorAll('.ops-root, .ops-root *')]
          .filter((element) =>
            [null, '::before', '::after'].some((pseudo) => {
              const { animationName, transitionDuration } = getComputedStyle(element, pseudo)
              return animationName !== 'none' || !/^(0s(, )?)+$/.test(transitionDuration)
            }),
          )
          .map(({ className }) => String(className)),
      )
    expect(await moving()).not.toEqual([])
    await scene.page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await moving()).toEqual([])
  })
})

describe('the tree that screen readers see', () => {
  it('has every cell in the row and the column that its numbers say, while scrolling and after', async () => {
    await using scene = await openScene('scene=mixed&rows=50000&pin-end')
    await scene.page.mouse.move(700, 400)
    await scene.page.mouse.wheel(600, 20_000)
    await expect.poll(() => scene.scroller.evaluate((root) => root.scrollTop)).toBe(20_000)
    const wrong = await scene.page.evaluate(() => {
      const { rows, columns } = window.scene
      const faults: string[] = []
      for (const row of document.querySelectorAll<HTMLElement>('.ops-row[role="row"]:not([hidden])')) {
        const index = Number(row.getAttribute('aria-rowindex')) - 2
        const strips = [
          row,
          ...(row.getAttribute('aria-owns') ?? '').split(' ').map((id) => document.getElementById(id)),
        ]
        for (const cell of strips.flatMap((strip) => [...(strip?.querySelectorAll('[role="gridcell"]') ?? [])])) {
          const column = Number(cell.getAttribute('aria-colindex')) - 2
          if (column !== 0) continue
          const shown = cell.textContent
          const expected = rows.row(index)?.cells[columns[0]?.key ?? '']
          if (shown !== expected) faults.push(`${index}: ${shown} is not ${expected}`)
        }
      }
      return faults
    })
    expect(wrong).toEqual([])
  })
})
