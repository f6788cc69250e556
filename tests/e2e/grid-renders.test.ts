import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeScenes } from './testing/open-scene.ts'
import { renderedBy, watchRenders } from './testing/rendered-components.ts'

const openScene = describeScenes(join(import.meta.dirname, 'page'))

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
    await scene.grid.focus()
    await scene.press('ArrowDown', 'Enter')
    await scene.page.locator('.ops-editor-input').waitFor()
    const rendered = await renderedBy(scene.page, () => scene.page.keyboard.type('Grace Hopper'))
    expect(rendered.filter((name) => !['TextEditor', 'Refusal'].includes(name))).toEqual([])
  })

  it('is no header, footer or toolbar while rows scroll', async () => {
    await using scene = await openScene('scene=mixed&footer&rows=50000', {}, '.ops-row', watchRenders)
    await scene.page.locator('.ops-distribution-part').first().waitFor()
    await scene.page.locator('.ops-foot-value').filter({ hasText: '…' }).waitFor({ state: 'detached' })
    const rendered = await renderedBy(scene.page, async () => {
      await scene.page.mouse.move(700, 400)
      await scene.page.mouse.wheel(0, 9_000)
      await expect.poll(() => scene.scroller.evaluate((root) => root.scrollTop)).toBe(9_000)
    })
    expect(rendered.filter((name) => name !== 'LiveCells')).toEqual([])
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
