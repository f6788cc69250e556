import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { describeScenes, type Scene } from './testing/open-scene.ts'

const openScene = describeScenes(join(import.meta.dirname, 'page'))

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('It is not on the page.')
  return {
    ...box,
    right: box.x + box.width,
    bottom: box.y + box.height,
    cx: box.x + box.width / 2,
    cy: box.y + box.height / 2,
  }
}

const header = (scene: Scene, name: string) => scene.page.getByRole('columnheader', { name, exact: false }).first()
const widths = (scene: Scene) =>
  scene.page.evaluate(() => Object.fromEntries(window.scene.columns.map(({ name, width }) => [name, width])))
const order = (scene: Scene) =>
  scene.page.evaluate(() =>
    window.scene.columns
      .slice(0, 4)
      .map(({ name }) => name)
      .join(' '),
  )
const selected = (scene: Scene) => scene.page.locator('.ops-cell[aria-selected="true"]').count()
/** The middle of a cell by its row and its place among the columns, both from 0, once it is drawn: a little after it is scrolled to. */
const cellAt = async (scene: Scene, row: number, column: number) => {
  await scene.page
    .locator(`.ops-row[aria-rowindex="${row + 2}"]:not([hidden])`)
    .first()
    .waitFor({ state: 'attached' })
  return await scene.page.evaluate(
    ([r, c]) => {
      const start = document.querySelector(`.ops-row[aria-rowindex="${r + 2}"]`)
      const lanes = [start?.id ?? '', ...(start?.getAttribute('aria-owns') ?? '').split(' ')]
      const strips = [start, ...lanes.map((id) => document.getElementById(id))]
      const cell = strips.flatMap((strip) => [...(strip?.querySelectorAll(`[aria-colindex="${c + 2}"]`) ?? [])])[0]
      const box = cell?.getBoundingClientRect()
      return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
    },
    [row, column] as const,
  )
}

describe('selecting with the mouse', () => {
  it('selects a cell, a range by dragging, more with Ctrl, and extends with Shift', async () => {
    await using scene = await openScene('scene=mixed')
    const { mouse, keyboard } = scene.page
    const [from, to, far] = [await cellAt(scene, 2, 1), await cellAt(scene, 4, 2), await cellAt(scene, 8, 4)]
    await mouse.click(from.x, from.y)
    expect(await scene.activePlace()).toBe('2:1')
    await mouse.move(from.x, from.y)
    await mouse.down()
    await mouse.move(to.x, to.y, { steps: 4 })
    await mouse.up()
    expect(await selected(scene)).toBe(6)
    await keyboard.down('Control')
    await mouse.click(far.x, far.y)
    await keyboard.up('Control')
    expect(await selected(scene)).toBe(7)
    await keyboard.down('Shift')
    await mouse.click(far.x, far.y + 36)
    await keyboard.up('Shift')
    expect(await selected(scene)).toBe(8)
  })

  it('selects lines by their numbers and columns by their names', async () => {
    await using scene = await openScene('scene=mixed&columns=6')
    await scene.page.locator('.ops-row[aria-rowindex="3"] .ops-gutter').click()
    expect(await selected(scene)).toBe(6)
    expect(await scene.page.getByRole('checkbox', { name: 'Select row' }).isChecked()).toBe(true)
    await header(scene, 'Email').click()
    const visible = await scene.page.locator('.ops-row-start:not([hidden])').count()
    expect(await selected(scene)).toBe(visible)
  })

  it('ticks rows in place of cells, for all that is done with rows, and takes ticks away again', async () => {
    await using scene = await openScene('scene=mixed&columns=6')
    const { page } = scene
    const tick = async (row: number) => {
      const { x, y } = await cellAt(scene, row, 0)
      await page.mouse.move(x, y)
      await page.getByRole('checkbox', { name: 'Select row' }).click()
    }
    const at = async (row: number) => await scene.cell(row, 'name')
    const names = [await at(2), await at(4), await at(5)]
    const first = await cellAt(scene, 0, 1)
    await page.mouse.click(first.x, first.y)
    for (const row of [4, 2, 3]) await tick(row)
    expect(await selected(scene)).toBe(18)
    await tick(3)
    expect(await selected(scene)).toBe(12)

    await scene.press('Control+c')
    const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n')
    expect(lines.map((line) => line.split('\t')[0])).toEqual(names.slice(0, 2))
    const ticked = await cellAt(scene, 2, 1)
    await page.mouse.click(ticked.x, ticked.y, { button: 'right' })
    await page.getByRole('menuitem', { name: 'Delete 2 rows' }).click()
    await expect.poll(() => at(3)).toBe(names[2])
    expect([await at(1), await at(2)]).not.toContain(names[0])
  })

  it('copies each row once where ranges lie over each other', async () => {
    await using scene = await openScene('scene=mixed')
    const { mouse, keyboard } = scene.page
    const drag = async (from: number, to: number) => {
      const [a, b] = [await cellAt(scene, from, 1), await cellAt(scene, to, 1)]
      await mouse.move(a.x, a.y)
      await mouse.down()
      await mouse.move(b.x, b.y, { steps: 4 })
      await mouse.up()
    }
    await drag(2, 4)
    await keyboard.down('Control')
    await drag(5, 3)
    await keyboard.up('Control')
    await scene.press('Control+c')
    const companies = await Promise.all([2, 3, 4, 5].map((row) => scene.cell(row, 'company')))
    await expect
      .poll(async () => (await scene.page.evaluate(() => navigator.clipboard.readText())).split('\r\n'))
      .toEqual(companies)
  })

  it('selects all by the box over the numbers, and nothing but the cell by the same', async () => {
    await using scene = await openScene('scene=mixed&columns=6')
    const all = scene.page.getByRole('checkbox', { name: 'Select all rows' })
    const { x, y } = await cellAt(scene, 1, 1)
    await scene.page.mouse.click(x, y)
    await all.check()
    const visible = await scene.page.locator('.ops-row-start:not([hidden])').count()
    expect(await selected(scene)).toBe(visible * 6)
    await all.uncheck()
    expect(await selected(scene)).toBe(1)
    expect(await scene.activePlace()).toBe('1:1')
  })

  it('scrolls on while a drag leaves the cells', async () => {
    await using scene = await openScene('scene=mixed')
    const from = await cellAt(scene, 5, 1)
    await scene.page.mouse.move(from.x, from.y)
    await scene.page.mouse.down()
    await scene.page.mouse.move(from.x, 899)
    await expect.poll(() => scene.scroller.evaluate((root) => root.scrollTop)).toBeGreaterThan(50)
    await scene.page.mouse.up()
  })
})

describe('columns with the mouse', () => {
  it('widens a column by its edge, and fits it on a double click', async () => {
    await using scene = await openScene('scene=mixed')
    const edge = await boxOf(header(scene, 'Company').locator('.ops-head-edge'))
    await scene.page.mouse.move(edge.cx, edge.cy)
    await scene.page.mouse.down()
    await scene.page.mouse.move(edge.cx + 60, edge.cy, { steps: 5 })
    await scene.page.mouse.up()
    expect((await widths(scene)).Company).toBe(230)
    const company = await cellAt(scene, 0, 1)
    const email = await cellAt(scene, 0, 2)
    expect(email.x - company.x).toBe(230)
    await header(scene, 'Company').locator('.ops-head-edge').dblclick()
    await expect.poll(async () => (await widths(scene)).Company).toBeLessThan(200)
    expect((await widths(scene)).Company).toBeGreaterThan(100)
  })

  it('moves a column by dragging its header, and gives up on Escape', async () => {
    await using scene = await openScene('scene=mixed')
    const from = await boxOf(header(scene, 'Company'))
    const to = await boxOf(header(scene, 'Stage'))
    const drag = async () => {
      await scene.page.mouse.move(from.cx, from.cy)
      await scene.page.mouse.down()
      await scene.page.mouse.move(to.cx, to.cy, { steps: 6 })
    }
    await drag()
    await scene.page.keyboard.press('Escape')
    await scene.page.mouse.up()
    expect(await order(scene)).toBe('Name Company Email Stage')
    await drag()
    await scene.page.mouse.up()
    await expect.poll(() => order(scene)).toBe('Name Email Stage Company')
  })

  it('pins from the menu', async () => {
    await using scene = await openScene('scene=mixed')
    await header(scene, 'Email').hover()
    await header(scene, 'Email').getByRole('button').click()
    await scene.page.getByRole('menuitem', { name: 'Pin to the left' }).click()
    await expect.poll(() => scene.page.locator('.ops-head-start .ops-head-cell').count()).toBe(2)
    const name = await cellAt(scene, 3, 1)
    await scene.page.mouse.move(700, 400)
    await scene.page.mouse.wheel(900, 0)
    await expect.poll(() => scene.scroller.evaluate((root) => root.scrollLeft)).toBe(900)
    expect((await cellAt(scene, 3, 1)).x).toBe(name.x)
  })
})

describe('cells with the mouse', () => {
  it('edits on a double click and writes when another cell is pressed', async () => {
    await using scene = await openScene('scene=mixed')
    const [cell, other] = [await cellAt(scene, 1, 0), await cellAt(scene, 6, 2)]
    await scene.page.mouse.dblclick(cell.x, cell.y)
    await scene.page.keyboard.press('Control+a')
    await scene.page.keyboard.type('New name')
    await scene.page.mouse.click(other.x, other.y)
    await expect.poll(() => scene.cell(1, 'name')).toBe('New name')
    expect(await scene.activePlace()).toBe('6:2')
  })

  it('ticks a checkbox with one click', async () => {
    await using scene = await openScene('scene=mixed&columns=12')
    await scene.press('Tab')
    await scene.page.mouse.move(900, 400)
    await scene.page.mouse.wheel(2_000, 0)
    await expect.poll(() => scene.page.locator('.ops-cell-checkbox').count()).toBeGreaterThan(0)
    const cell = await cellAt(scene, 3, 11)
    await scene.page.mouse.click(cell.x, cell.y)
    await expect.poll(() => scene.cell(3, 'active')).toBe(true)
  })

  it('fills a series down by its handle', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown', ...Array.from({ length: 8 }, () => 'ArrowRight'))
    await scene.page.keyboard.type('2026-01-05')
    await scene.press('Enter')
    await scene.page.keyboard.type('2026-01-12')
    await scene.press('Enter', 'ArrowUp', 'ArrowUp', 'Shift+ArrowDown')
    const handle = await boxOf(scene.page.locator('.ops-fill-handle'))
    await scene.page.mouse.move(handle.right - 2, handle.bottom - 2)
    await scene.page.mouse.down()
    await scene.page.mouse.move(handle.right - 20, handle.bottom + 36 * 3 - 10, { steps: 5 })
    await scene.page.mouse.up()
    await expect.poll(() => scene.cell(4, 'close_date')).toBe('2026-02-02')
    expect(await scene.cell(5, 'close_date')).not.toBe('2026-02-09')
    await scene.press('Control+z')
    await expect.poll(() => scene.cell(4, 'close_date')).not.toBe('2026-02-02')
    await scene.press('Control+d')
    await expect.poll(() => scene.cell(4, 'close_date')).toBe('2026-01-05')
    await scene.press('ArrowUp', 'ArrowDown', 'Shift+ArrowDown')
    const corner = await boxOf(scene.page.locator('.ops-fill-handle'))
    await scene.page.mouse.dblclick(corner.right, corner.bottom)
    await expect.poll(() => scene.cell(40, 'close_date')).toBe('2026-01-05')
  })

  it('opens a menu on a cell and does what it says', async () => {
    await using scene = await openScene('scene=mixed')
    const cell = await cellAt(scene, 2, 1)
    await scene.page.mouse.click(cell.x, cell.y, { button: 'right' })
    await scene.page.getByRole('menuitem', { name: 'Delete row' }).click()
    await expect.poll(() => scene.page.evaluate(() => window.scene.rows.row(2)?.id)).toBe('row_3')
  })

  it('adds a row at the end', async () => {
    await using scene = await openScene('scene=mixed&rows=5')
    await scene.page.getByRole('button', { name: 'New row' }).click()
    await expect.poll(() => scene.page.evaluate(() => window.scene.rows.count)).toBe(6)
    expect(await scene.activePlace()).toBe('5:0')
    await scene.page.keyboard.type('Sixth')
    await scene.press('Enter')
    await expect.poll(() => scene.cell(5, 'name')).toBe('Sixth')
  })
})

describe('groups', () => {
  it('opens and closes with a click and with the arrows, and keeps the rows right', async () => {
    await using scene = await openScene('scene=grouped')
    const headings = scene.page.locator('.ops-group > .ops-group-heading')
    await headings.nth(1).click()
    const second = scene.page.locator('.ops-row-start[aria-rowindex="3"]')
    expect(await second.getAttribute('aria-expanded')).toBe('false')
    expect(await scene.page.locator('.ops-row-start[aria-rowindex="4"]').getAttribute('aria-level')).toBe('1')
    await scene.press('ArrowRight')
    await expect.poll(() => second.getAttribute('aria-expanded')).toBe('true')
    expect(await scene.page.locator('.ops-row-start[aria-rowindex="4"] .ops-gutter').textContent()).toBe('1')
    await scene.press('ArrowUp', 'ArrowLeft')
    await expect.poll(() => scene.grid.getAttribute('aria-rowcount')).not.toBe('2012')
  })

  it('say in their headings what their columns add up to', async () => {
    await using scene = await openScene('scene=grouped')
    const sum = await scene.page.evaluate(() => Number(window.scene.rows.groups?.[0]?.aggregates?.amount?.value))
    const amount = scene.page.locator('.ops-group [aria-colindex="6"]')
    await expect
      .poll(() => amount.first().textContent())
      .toBe(sum.toLocaleString('en-US', { style: 'currency', currency: 'USD' }))
  })
})

describe('touch', () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

  /** A finger on the screen, as the browser's own input has it. */
  async function finger(scene: Scene) {
    const session = await scene.page.context().newCDPSession(scene.page)
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints })
    return {
      down: (x: number, y: number) => send('touchStart', { x, y }),
      move: (x: number, y: number) => send('touchMove', { x, y }),
      up: () => send('touchEnd'),
    }
  }

  it('selects with a tap, and edits with the next', async () => {
    await using scene = await openScene('scene=mixed', phone)
    const cell = await cellAt(scene, 3, 0)
    await scene.page.touchscreen.tap(cell.x, cell.y)
    await expect.poll(() => scene.activePlace()).toBe('3:0')
    await scene.page.touchscreen.tap(cell.x, cell.y)
    await expect.poll(() => scene.page.locator('.ops-editor-input').count()).toBe(1)
  })

  it('ticks rows by their numbers, one after another', async () => {
    await using scene = await openScene('scene=mixed&columns=6', phone)
    const number = (row: number) => scene.page.locator(`.ops-row[aria-rowindex="${row + 2}"] .ops-gutter`)
    const whole = () => scene.page.locator('.ops-row-start.ops-selected-row').count()
    await number(1).tap()
    await number(3).tap()
    expect(await whole()).toBe(2)
    await number(1).tap()
    expect(await whole()).toBe(1)
  })

  it('extends the selection by its handle, and scrolls on where that is held at the edge', async () => {
    await using scene = await openScene('scene=mixed', phone)
    const [from, to] = [await cellAt(scene, 3, 0), await cellAt(scene, 6, 0)]
    await scene.page.touchscreen.tap(from.x, from.y)
    const handle = await boxOf(scene.page.locator('.ops-touch-handle'))
    const touch = await finger(scene)
    await touch.down(handle.right, handle.bottom)
    await touch.move(to.x, handle.bottom + 40)
    await touch.move(to.x, to.y)
    await expect.poll(() => selected(scene)).toBe(4)
    expect(await scene.scroller.evaluate((root) => root.scrollTop)).toBe(0)
    await touch.move(to.x, 840)
    await expect.poll(() => scene.scroller.evaluate((root) => root.scrollTop)).toBeGreaterThan(50)
    await touch.up()
    expect(await scene.activePlace()).toBe('3:0')
  })

  it('scrolls with a swipe, which goes on by itself, and selects nothing by it', async () => {
    await using scene = await openScene('scene=mixed', phone)
    const touch = await finger(scene)
    const scrolled = () => scene.scroller.evaluate((root) => root.scrollTop)
    /** How far it goes after the finger has left. A page that is busy then sees a slow finger. */
    const swipe = async () => {
      await touch.down(250, 700)
      for (let y = 690; y >= 300; y -= 30) await touch.move(250, y)
      await touch.up()
      const atRelease = await scrolled()
      await scene.page.waitForTimeout(200)
      return (await scrolled()) - atRelease
    }
    await expect.poll(swipe).toBeGreaterThan(50)
    expect(await scene.activePlace()).toBe('')
  })

  it('opens menus when it is held', async () => {
    await using scene = await openScene('scene=mixed', phone)
    const touch = await finger(scene)
    await touch.down(320, 200)
    const copy = scene.page.getByRole('menuitem', { name: 'Copy' })
    await copy.waitFor()
    await touch.up()
    await copy.tap()
    await expect.poll(() => scene.page.evaluate(() => navigator.clipboard.readText())).toBe('wonka.com')
  })
})

describe('what others do', () => {
  it('keeps what is seen where it is, and the caret in the editor, when rows come above', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.page.mouse.move(700, 400)
    await scene.page.mouse.wheel(0, 3_600)
    await expect.poll(() => scene.scroller.evaluate((root) => root.scrollTop)).toBe(3_600)
    const before = await cellAt(scene, 110, 0)
    await scene.page.mouse.dblclick(before.x, before.y)
    await scene.page.keyboard.type(' typing')
    await scene.page.evaluate(() => {
      const { rows } = window.scene
      const first = rows.row(0)
      if (first !== undefined)
        rows.insertAt(
          10,
          [1, 2, 3].map((n) => ({ ...first, id: `other_${n}` })),
        )
    })
    expect(await cellAt(scene, 113, 0)).toEqual(before)
    const editor = await boxOf(scene.page.locator('.ops-editor-input'))
    expect(Math.abs(editor.cy - before.y)).toBeLessThan(2)
    await scene.page.keyboard.type(' on')
    await scene.press('Enter')
    await expect.poll(() => scene.cell(113, 'name')).toMatch(/ typing on$/)
  })
})

describe('React in cells', () => {
  it('takes over when nothing scrolls, with the value of the row it stands in', async () => {
    await using scene = await openScene('scene=live')
    const shown = () => scene.page.locator('.ops-lives button').allTextContents()
    await expect.poll(shown).toContain('Write to ada.lovelace0@northwind.com')
    const first = scene.page.getByRole('button', { name: 'Write to ada.lovelace0@northwind.com' })
    await expect.poll(async () => (await first.boundingBox())?.y).toBe(36)
    await scene.page.mouse.move(500, 400)
    await scene.page.mouse.wheel(0, 3_600)
    await expect.poll(shown).toContain(`Write to ${await scene.cell(105, 'email')}`)
    await scene.page.evaluate(() => window.scene.rows.write([{ rowId: 'row_105', cells: { email: 'new@acme.com' } }]))
    await expect.poll(shown).toContain('Write to new@acme.com')
  })
})
