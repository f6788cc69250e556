import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeScenes, type Scene } from './testing/open-scene.ts'

const openScene = describeScenes(join(import.meta.dirname, 'page'), { development: true })

/** A cell by its row and the place of its column, both from 0. */
const cellAt = ({ page }: Scene, row: number, place: number) => {
  const strips = page.locator(`.ops-row-start[aria-rowindex="${row + 2}"]`)
  return strips.evaluateHandle((strip, column) => {
    const owned = (strip.getAttribute('aria-owns') ?? '').split(' ').map((id) => document.getElementById(id))
    const cells = [strip, ...owned].flatMap((each) => [
      ...(each?.querySelectorAll<HTMLElement>(`[aria-colindex="${column + 2}"]`) ?? []),
    ])
    if (cells[0] === undefined) throw new Error('There is no such cell.')
    return cells[0]
  }, place)
}

describe('computed cells', () => {
  it('say how they stand, and lead to their details by a click, the menu and Enter', async () => {
    await using scene = await openScene('scene=states')
    const failed = await cellAt(scene, 3, 2)
    expect(await failed.evaluate((cell) => [cell.textContent, cell.title])).toEqual([
      'Mailbox not found',
      'Mailbox not found',
    ])
    expect(await (await cellAt(scene, 5, 2)).evaluate((cell) => cell.title)).toContain('changed since')
    await failed.evaluate((cell) => cell.querySelector('.ops-marked')?.setAttribute('data-test', 'failed'))
    await scene.page.locator('[data-test="failed"]').click()
    expect(await scene.page.evaluate(() => window.scene.opened)).toEqual(['row_3 col_2'])
    await scene.press('ArrowDown', 'Shift+F10')
    await scene.page.getByRole('menuitem', { name: 'Where this value comes from' }).click()
    expect(await scene.page.evaluate(() => window.scene.opened)).toEqual(['row_3 col_2', 'row_4 col_2'])
  })

  it('have the progress of their run in the header, with what pauses it', async () => {
    await using scene = await openScene('scene=states')
    const head = scene.page.locator('[data-column="col_2"]')
    expect(await head.locator('.ops-head-run').textContent()).toBe('842 / 5,000 · 3 failed')
    expect(await head.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('17')
    await head.getByRole('button', { name: 'Pause' }).click()
    expect(await scene.notices()).toEqual(['pause'])
  })
})

describe('the header of a running column', () => {
  it.each([180, 120])('leaves the name at least half of %i px, and tells all of it', async (width) => {
    await using scene = await openScene(`scene=states&width=${width}`)
    const head = scene.page.locator('[data-column="col_2"]')
    const name = await head.locator('.ops-head-name').boundingBox()
    expect(name?.width ?? 0).toBeGreaterThanOrEqual(width / 2)
    expect(await head.getAttribute('title')).toBe('Email — 842 / 5,000 · 3 failed')
    const [text, box] = [await head.locator('.ops-head-run').boundingBox(), await head.boundingBox()]
    expect((text?.y ?? 0) + (text?.height ?? 0)).toBeLessThanOrEqual((box?.y ?? 0) + (box?.height ?? 0))
    await head.hover()
    await expect
      .poll(() => head.locator('.ops-head-actions').evaluate((each) => getComputedStyle(each).opacity))
      .toBe('1')
  })
})

describe('headings of groups', () => {
  it('are read in full on a phone, where no column is pinned', async () => {
    await using scene = await openScene('scene=grouped', { viewport: { width: 390, height: 844 } })
    const heading = scene.page.locator('.ops-row-start[aria-level="2"] .ops-group-heading').first()
    await heading.waitFor()
    const seen = () =>
      heading.evaluate(
        (element) =>
          [...element.children].filter((part) => {
            const { left, right, top, bottom } = part.getBoundingClientRect()
            return (
              document.elementFromPoint((left + right) / 2, (top + bottom) / 2)?.closest('.ops-group-heading') ===
              element
            )
          }).length,
      )
    await expect.poll(seen).toBe(await heading.evaluate((element) => element.children.length))
  })

  it('have no colour of the rows whose elements they took over', async () => {
    await using scene = await openScene('scene=grouped&tinted')
    await scene.grid.focus()
    await scene.press('Control+Home', 'ArrowDown', 'ArrowLeft')
    await expect.poll(() => scene.page.locator('.ops-row-start.ops-group:not([hidden])').count()).toBeGreaterThan(2)
    expect(await scene.page.locator('.ops-row-start.ops-formatted:not([hidden])').count()).toBeGreaterThan(5)
    expect(await scene.page.locator('.ops-group.ops-formatted, .ops-group[class*="ops-format-"]').count()).toBe(0)
  })
})

describe('marks before texts', () => {
  it('are those of the column that came into sight, not of the one whose cells it took over', async () => {
    await using scene = await openScene('scene=mixed&rows=20')
    const marksAt = (place: number) =>
      scene.page
        .locator(`.ops-row [aria-colindex="${place + 2}"] > .ops-mark`)
        .evaluateAll((marks) => [...new Set(marks.map(({ classList }) => classList.item(2)))])
    expect(await marksAt(2)).toEqual(['ops-mark-email'])
    await scene.scroller.evaluate((root) => root.scrollTo(1_400, 0))
    for (const [place, mark] of [
      [12, 'phone'],
      [13, 'url'],
      [14, 'linkedin'],
    ] as const) {
      await expect.poll(() => marksAt(place)).toEqual([`ops-mark-${mark}`])
    }
  })
})

describe('rows', () => {
  it('keep texts that are cut off where they begin, whatever a program scrolls', async () => {
    await using scene = await openScene('scene=mixed&rows=20')
    const scrolled = await scene.page.locator('.ops-cell.ops-clip').evaluateAll((cells) =>
      cells
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map((cell) => {
          cell.scrollLeft = 20
          return cell.scrollLeft
        }),
    )
    expect([scrolled.length > 0, ...new Set(scrolled)]).toEqual([true, 0])
  })

  it('are as high as their density says', async () => {
    await using scene = await openScene('scene=mixed')
    for (const [density, heightPx] of Object.entries({ compact: 32, normal: 36, tall: 56 })) {
      await scene.page.goto(scene.page.url().replace(/scene=mixed.*/, `scene=mixed&density=${density}`))
      const rows = scene.page.locator('.ops-row-start:not([hidden])')
      await rows.nth(1).waitFor()
      const [first, second] = await rows.evaluateAll((all) =>
        all.map((row) => row.getBoundingClientRect().top).sort((a, b) => a - b),
      )
      expect([density, Math.round((second ?? 0) - (first ?? 0))]).toEqual([density, heightPx])
    }
  })
})

describe('the footer', () => {
  it('shows a sum in short where its digits do not fit, and tells all of them', async () => {
    await using scene = await openScene('scene=mixed&width=120&footer')
    const amount = scene.page.locator('.ops-foot-cell[aria-colindex="6"] .ops-foot-value')
    await expect.poll(() => amount.locator('[aria-hidden]').textContent()).toMatch(/^\$\d{3}M$/)
    expect(await amount.getAttribute('title')).toMatch(/^\$\d{3},\d{3},\d{3}\.\d\d$/)
    expect(await amount.locator('.ops-unseen').textContent()).toBe(await amount.getAttribute('title'))
    expect(await amount.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)).toBe(true)
  })

  it('sums up what the rows hold, follows edits, and lets the function be chosen', async () => {
    await using scene = await openScene('scene=mixed&rows=3&footer')
    const amount = scene.page.locator('.ops-foot-cell[aria-colindex="6"]')
    await expect.poll(() => amount.textContent()).toBe('Sum$23,757.75')
    expect(await scene.page.locator('.ops-foot-rows').textContent()).toBe('3 of 500,000 rows')
    await scene.page.evaluate(() => window.scene.rows.write([{ rowId: 'row_0', cells: { amount: 1000 } }]))
    await expect.poll(() => amount.textContent()).toBe('Sum$24,757.75')
    const shares = scene.page.getByRole('img', { name: /Won 33%/ })
    await shares.waitFor()
    await amount.getByRole('button').click()
    await scene.page.getByRole('menuitem', { name: 'Largest' }).click()
    expect(await scene.notices()).toContain('col_4: max')
  })

  it.each([
    ['before', 'while its code was on its way'],
    ['after', 'once it was there'],
  ])('stands under its columns when they were moved sideways %s it was loaded: %s', async (when) => {
    const held = Promise.withResolvers<void>()
    await using scene = await openScene('scene=mixed&footer', {}, '.ops-row', async (page) => {
      await page.route(/footer-row/, async (route) => {
        await held.promise
        await route.continue()
      })
    })
    const scroll = () => scene.scroller.evaluate((root) => root.scrollTo(500, 0))
    if (when === 'before') await scroll()
    held.resolve()
    await scene.page.locator('.ops-foot-cell').first().waitFor()
    if (when === 'after') await scroll()
    const lefts = () =>
      scene.page.evaluate(() =>
        ['.ops-head-cell', '.ops-foot-cell'].map(
          (kind) => document.querySelector(`${kind}[aria-colindex="8"]`)?.getBoundingClientRect().left,
        ),
      )
    // Grids move their columns in the frame after they were scrolled.
    await expect.poll(async () => (await lefts())[0]).toBeLessThan(900)
    await expect.poll(async () => new Set(await lefts()).size).toBe(1)
  })

  it('lets nothing be seen through the number of its rows, where columns go under it', async () => {
    await using scene = await openScene('scene=mixed&footer', { viewport: { width: 390, height: 844 } })
    await scene.page.locator('.ops-foot-filled').first().waitFor()
    await scene.scroller.evaluate((root) => root.scrollTo(700, 0))
    const count = await scene.page.locator('.ops-foot-rows').boundingBox()
    if (count === null) throw new Error('There is nothing to be seen.')
    // Its edge need not lie on a pixel's.
    const clip = { ...count, width: Math.floor(count.width) - 1 }
    const picture = async () => await scene.page.screenshot({ clip, animations: 'disabled' })
    await expect
      .poll(() =>
        scene.page.locator('.ops-foot-cell[aria-colindex="6"]').evaluate((it) => it.getBoundingClientRect().left),
      )
      .toBeLessThan(100)
    const over = await picture()
    await scene.page.locator('.ops-foot-cell').evaluateAll((cells) => {
      for (const { style } of cells as HTMLElement[]) style.visibility = 'hidden'
    })
    expect((await picture()).equals(over)).toBe(true)
  })

  it('asks again where the source could not sum up', async () => {
    await using scene = await openScene('scene=late&rows-here&loads=fail')
    await expect
      .poll(() => scene.page.locator('.ops-foot-cell[aria-colindex="6"]').textContent())
      .toContain('$5,200,793.25')
  })
})

describe('what is large', () => {
  it('goes to the last of 2,000 columns with few elements', async () => {
    await using scene = await openScene('scene=mixed&rows=100&columns=2000')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'Control+End')
    await expect.poll(() => scene.activePlace()).toBe('99:1999')
    expect(await scene.activeText()).toBe(String(await scene.cell(99, 'field_1980')))
    expect(await scene.page.evaluate(() => document.getElementsByTagName('*').length)).toBeLessThan(2_500)
  })

  it('shows the beginning of 10,000 characters and edits all of them', async () => {
    await using scene = await openScene('scene=mixed&rows=20')
    const long = 'مرحبا e\u0301 <b>x</b> '.repeat(600).slice(0, 10_000)
    await scene.page.evaluate((name) => window.scene.rows.write([{ rowId: 'row_0', cells: { name } }]), long)
    const cell = await cellAt(scene, 0, 0)
    await expect.poll(() => cell.evaluate(({ textContent }) => textContent?.length)).toBe(600)
    await scene.grid.focus()
    await scene.press('ArrowDown', 'Enter')
    expect(await scene.page.locator('.ops-editor-input').inputValue()).toBe(long)
    await scene.press('End')
    await scene.page.keyboard.type('!')
    await scene.press('Enter')
    await expect.poll(async () => String(await scene.cell(0, 'name'))).toHaveLength(10_001)
  })
})

describe('the editor of a long text', () => {
  it.each(['ltr', 'rtl'])('grows into sight in the last cell of a table, %s', async (direction) => {
    await using scene = await openScene(`scene=mixed&columns=17&rows=100&footer&direction=${direction}`)
    await scene.grid.focus()
    await scene.press('Control+End', 'Enter')
    const field = scene.page.locator('.ops-editor-long')
    await field.waitFor()
    const [edited, sight] = await Promise.all([
      field.boundingBox(),
      scene.page.locator('.ops-grid-body').first().boundingBox(),
    ])
    if (edited === null || sight === null) throw new Error('There is nothing to be seen.')
    expect(edited.x).toBeGreaterThanOrEqual(sight.x)
    expect(edited.x + edited.width).toBeLessThanOrEqual(sight.x + sight.width)
    expect(edited.y + edited.height).toBeLessThanOrEqual(sight.y + sight.height)
  })
})

describe('groups in a right-to-left page', () => {
  it('keep the numbers of their lines in the order that is seen', async () => {
    await using scene = await openScene('scene=grouped&direction=rtl')
    await scene.page.locator('.ops-group-heading').nth(1).click()
    await scene.page.mouse.move(700, 400)
    await scene.page.mouse.wheel(0, 6_000)
    await expect.poll(() => scene.scroller.evaluate((root) => root.scrollTop)).toBe(6_000)
    // Rows are drawn in the frame after they are scrolled to.
    await scene.page.locator('.ops-row-start[aria-rowindex="180"]:not([hidden])').waitFor({ state: 'attached' })
    const lines = await scene.page.locator('.ops-row-start:not([hidden])').evaluateAll((rows) =>
      rows
        .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((row) => ({
          index: Number(row.getAttribute('aria-rowindex')),
          isGroup: row.classList.contains('ops-group'),
          level: row.getAttribute('aria-level'),
          cells: row.querySelectorAll('[aria-colindex]').length,
        }))
        .filter(({ index }) => index > 50),
    )
    expect(lines.length).toBeGreaterThan(15)
    for (const [place, line] of lines.entries()) {
      expect(line.index).toBe((lines[0]?.index ?? 0) + place)
      expect(line.level !== null).toBe(line.isGroup)
      expect(line.cells).toBeGreaterThan(1)
    }
  })
})
