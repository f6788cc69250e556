import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeScenes, type Scene } from './testing/open-scene.ts'
import { renderedBy, watchRenders } from './testing/rendered-components.ts'

const openScene = describeScenes(join(import.meta.dirname, 'page'), { development: true })

/** Waits for the footer, which is summed up after the grid is there. */
async function summedUp({ page }: Scene): Promise<void> {
  await page.locator('.ops-distribution-part').first().waitFor()
  await page.locator('.ops-foot-value').filter({ hasText: '…' }).waitFor({ state: 'detached' })
}

describe('what React renders', () => {
  it('sees components render where they do', async () => {
    await using scene = await openScene('scene=mixed&footer', {}, '.ops-row', watchRenders)
    const rendered = await renderedBy(scene.page, async () => {
      await scene.page.mouse.move(700, 400)
      await scene.page.mouse.wheel(2_000, 0)
    })
    expect(rendered).toEqual(expect.arrayContaining(['HeaderRow', 'HeaderCell', 'FooterCell']))
  })

  it('is the editor of one cell alone while somebody types in it', async () => {
    await using scene = await openScene('scene=mixed&footer')
    await summedUp(scene)
    await scene.grid.focus()
    await scene.press('ArrowDown', 'Enter')
    await scene.page.locator('.ops-editor-input').waitFor()
    const rendered = await renderedBy(scene.page, () => scene.page.keyboard.type('Grace Hopper'))
    expect(rendered.filter((name) => !['TextEditor', 'Refusal'].includes(name))).toEqual([])
  })

  it('is no header, footer or toolbar while rows scroll', async () => {
    await using scene = await openScene('scene=mixed&footer&rows=50000', {}, '.ops-row', watchRenders)
    await summedUp(scene)
    const rendered = await renderedBy(scene.page, async () => {
      await scene.page.mouse.move(700, 400)
      await scene.page.mouse.wheel(0, 9_000)
      await expect.poll(() => scene.scroller.evaluate((root) => root.scrollTop)).toBe(9_000)
    })
    expect(rendered.filter((name) => name !== 'LiveCells')).toEqual([])
  })

  it('is nothing while keys move the active cell, whose column the header marks all the same', async () => {
    await using scene = await openScene('scene=mixed&footer', {}, '.ops-row', watchRenders)
    await summedUp(scene)
    await scene.grid.focus()
    await scene.press('ArrowDown')
    const rendered = await renderedBy(scene.page, () => scene.press('ArrowDown', 'ArrowRight', 'ArrowDown'))
    expect(rendered).toEqual([])
    const marked = scene.page.locator('.ops-head-cell[data-selected]')
    expect(await marked.evaluateAll((cells) => cells.map((cell) => cell.ariaColIndex))).toEqual(['3'])
  })

  it('is nothing at all when another user changes a row, of which alone the elements change', async () => {
    await using scene = await openScene('scene=mixed', {}, '.ops-row', watchRenders)
    const rendered = await renderedBy(scene.page, async () => {
      const touched = await scene.page.evaluate(async () => {
        const records: MutationRecord[] = []
        const observer = new MutationObserver((more) => records.push(...more))
        observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
        await window.scene.rows.write([{ rowId: 'row_7', cells: { name: 'Changed', amount: 1, stage: 'won' } }])
        await new Promise((resolve) => setTimeout(resolve, 200))
        records.push(...observer.takeRecords())
        observer.disconnect()
        const row = document.querySelector('.ops-row-start[aria-rowindex="9"]')
        const strips = [row?.id ?? '', ...(row?.getAttribute('aria-owns') ?? '').split(' ')]
        const lineOf = ({ target }: MutationRecord) => {
          const strip = (target instanceof Element ? target : target.parentElement)?.closest('.ops-row')
          return strip === row || strips.includes(strip?.id ?? '?') ? 'row 7' : 'elsewhere'
        }
        return [...new Set(records.map(lineOf))]
      })
      expect(touched).toEqual(['row 7'])
    })
    expect(rendered).toEqual([])
    expect(await scene.cell(7, 'name')).toBe('Changed')
  })
})

describe('what a browser works out anew', () => {
  it('is no layout when the active cell moves along its column, and a single one when rows scroll with it', async () => {
    await using scene = await openScene('scene=mixed&footer')
    const session = await scene.page.context().newCDPSession(scene.page)
    await session.send('Performance.enable')
    const count = async () =>
      (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'LayoutCount')?.value ?? 0
    /** The fewest for one key: after a rest, lines are also put into the order that is seen. */
    const layoutsOfKey = async (keys: number) => {
      let fewest = Infinity
      for (let key = 0; key < keys; key++) {
        const before = await count()
        await scene.press('ArrowDown')
        await scene.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
        fewest = Math.min(fewest, (await count()) - before)
      }
      return fewest
    }
    await scene.grid.focus()
    await scene.press('ArrowDown')
    expect(await layoutsOfKey(5)).toBe(0)
    await scene.press(...Array.from({ length: 25 }, () => 'ArrowDown'))
    expect(await layoutsOfKey(5)).toBe(1)
  })
})
