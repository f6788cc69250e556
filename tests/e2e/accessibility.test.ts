import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { screens } from './screens/screens.ts'
import { axeFaults } from './testing/axe-faults.ts'
import { describeScenes } from './testing/open-scene.ts'

const openScene = describeScenes(join(import.meta.dirname, 'page'))

describe('axe finds nothing wrong', () => {
  it.each(screens.filter(({ ready }) => ready === undefined))('in $name, light and dark', async ({ query, act }) => {
    await using scene = await openScene(query, { viewport: { width: 1440, height: 900 }, colorScheme: 'light' })
    await act?.(scene.page)
    expect(await axeFaults(scene.page)).toEqual([])
    await scene.page.emulateMedia({ colorScheme: 'dark' })
    expect(await axeFaults(scene.page, ['color-contrast'])).toEqual([])
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
