import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeScenes } from './testing/open-scene.ts'

const alias = { react: 'react-18', 'react-dom': 'react-dom-18' }
const openScene = describeScenes(join(import.meta.dirname, 'page'), { alias, development: true })

describe('the grid on React 18', () => {
  it('edits, opens menus, searches, and groups rows, in strict mode', async () => {
    await using scene = await openScene('scene=mixed&footer')
    expect(await scene.page.evaluate(() => window.reactVersion)).toMatch(/^18\./)
    await scene.grid.focus()
    await scene.press('ArrowDown')
    await scene.page.keyboard.type('Mary Jackson')
    await scene.press('Enter')
    await expect.poll(() => scene.cell(0, 'name')).toBe('Mary Jackson')
    await scene.press('ArrowUp', 'Shift+F10')
    await scene.page.getByRole('menuitem', { name: 'Clear' }).click()
    await expect.poll(() => scene.cell(0, 'name')).toBeNull()
    await scene.press('Control+f')
    await scene.page.keyboard.type('hopper')
    await expect.poll(() => scene.page.locator('.ops-find-count').textContent()).toMatch(/^1 of/)
    await using grouped = await openScene('scene=grouped')
    await grouped.page.locator('.ops-group-heading').first().click()
    await expect.poll(() => grouped.page.locator('[aria-expanded="false"]').count()).toBe(1)
  })
})
