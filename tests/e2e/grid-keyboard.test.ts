import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeScenes, type Scene } from './testing/open-scene.ts'

const openScene = describeScenes(join(import.meta.dirname, 'page'))

describe('moving by keyboard', () => {
  it('goes from cell to cell, to the edges and back', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown')
    expect(await scene.activePlace()).toBe('0:0')
    await scene.press('ArrowDown', 'ArrowRight', 'ArrowRight')
    expect(await scene.activePlace()).toBe('1:2')
    expect(await scene.activeText()).toContain('@')
    await scene.press('End')
    expect(await scene.activePlace()).toBe('1:29')
    await scene.press('Control+End')
    expect(await scene.activePlace()).toBe('4999:29')
    await scene.press('Control+Home')
    expect(await scene.activePlace()).toBe('0:0')
    await scene.press('PageDown')
    expect(Number((await scene.activePlace()).split(':')[0])).toBeGreaterThan(15)
  })

  it('shows that it has the focus, around all of it until a cell is active', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    const ring = () => scene.grid.evaluate((grid) => getComputedStyle(grid, '::after').outlineWidth)
    expect(await ring()).toBe('2px')
    await scene.press('ArrowDown')
    expect(await scene.activePlace()).toBe('0:0')
    expect(await scene.grid.evaluate((grid) => getComputedStyle(grid, '::after').content)).toBe('none')
  })

  it('goes to the first and the last cell of the table though none is active yet', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('Control+End')
    expect(await scene.activePlace()).toBe('4999:29')
    await using other = await openScene('scene=mixed')
    await other.page.mouse.move(700, 500)
    await other.page.mouse.wheel(0, 20_000)
    await expect.poll(() => other.scroller.evaluate((root) => root.scrollTop)).toBe(20_000)
    await other.grid.focus()
    await other.press('Control+Home')
    expect(await other.activePlace()).toBe('0:0')
  })

  it('keeps the active cell in the page for screen readers while it is scrolled away', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'ArrowDown')
    const before = await scene.activeText()
    await scene.page.mouse.move(700, 500)
    await scene.page.mouse.wheel(0, 20_000)
    await expect.poll(() => scene.scroller.evaluate((root) => root.scrollTop)).toBe(20_000)
    expect(await scene.activeText()).toBe(before)
    await scene.press('ArrowDown')
    expect(await scene.activePlace()).toBe('2:0')
  })

  it('mirrors left and right where the page reads from right to left', async () => {
    await using scene = await openScene('scene=mixed&direction=rtl')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'ArrowLeft', 'ArrowLeft')
    expect(await scene.activePlace()).toBe('0:2')
    await scene.press('End')
    const cell = await scene.page.locator(`[id$="-0-29"]`).boundingBox()
    expect(cell?.x).toBeGreaterThanOrEqual(0)
    expect(cell?.x).toBeLessThan(1400)
  })

  it('reaches the last of 10,000,000 rows and comes back cell by cell', async () => {
    await using scene = await openScene('scene=endless')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'Control+End')
    expect(await scene.activePlace()).toBe('9999999:11')
    const last = scene.page.locator('.ops-row[aria-rowindex="10000001"]')
    expect(await last.locator('.ops-gutter').textContent()).toBe('10000000')
    const box = await last.boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(900)
    for (let i = 0; i < 40; i++) await scene.press('ArrowUp')
    expect(await scene.activePlace()).toBe('9999959:11')
  })

  it('goes where the scroll bar of 10,000,000 rows is dragged, though the grid just comes to rest', async () => {
    await using scene = await openScene('scene=endless')
    const lost = await scene.scroller.evaluate(async (root) => {
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
      const missed: number[] = []
      for (let drag = 1; drag <= 5; drag++) {
        root.scrollTop = drag * 1_000_000
        await pause(110)
        const to = drag * 1_000_000 + 500_000
        root.scrollTop = to
        // The page is busy until the moment of rest has come, so that it comes before the event of the drag.
        for (const end = performance.now() + 60; performance.now() < end; );
        await pause(300)
        if (Math.abs(root.scrollTop - to) > 2) missed.push(drag)
      }
      return missed
    })
    expect(lost).toEqual([])
  })
})

describe('editing by keyboard', () => {
  it('replaces a value by typing, goes down with Enter and sideways with Tab', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown')
    await scene.page.keyboard.type('Grace H.')
    await scene.press('Enter')
    expect(await scene.cell(0, 'name')).toBe('Grace H.')
    expect(await scene.activePlace()).toBe('1:0')
    await scene.page.keyboard.type('Alan T.')
    await scene.press('Tab')
    expect(await scene.cell(1, 'name')).toBe('Alan T.')
    expect(await scene.activePlace()).toBe('1:1')
    await expect.poll(() => scene.grid.evaluate((root) => document.activeElement === root)).toBe(true)
  })

  it('edits a value from its end, and Escape leaves it as it was', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'F2')
    await scene.page.keyboard.type('!')
    await scene.press('Escape')
    expect(await scene.cell(0, 'name')).toBe('Ada Lovelace')
    await scene.press('Enter')
    await scene.page.keyboard.type(' Jr.')
    await scene.press('Enter')
    expect(await scene.cell(0, 'name')).toBe('Ada Lovelace Jr.')
  })

  it('keeps what cannot be read in the editor and says why', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.page.getByRole('gridcell', { name: '$7,919.25' }).click()
    await scene.page.keyboard.type('about five')
    await scene.press('Enter')
    expect(await scene.page.getByRole('alert').textContent()).toContain('“about five” is not')
    expect(await scene.page.locator('.ops-editor-input').inputValue()).toBe('about five')
    await scene.press('Control+a')
    await scene.page.keyboard.type('5k')
    await scene.press('Enter')
    expect(await scene.cell(1, 'amount')).toBe(5000)
  })

  const edits: readonly (readonly [key: string, column: number, keys: readonly string[], value: unknown])[] = [
    ['company', 1, ['text:https://www.acme.de/x', 'Enter'], 'acme.de'],
    ['email', 2, ['text:Ada@Acme.com', 'Enter'], 'ada@acme.com'],
    ['stage', 3, ['text:won', 'Enter'], 'won'],
    ['amount', 4, ['text:1,234.50', 'Enter'], 1234.5],
    ['owner', 5, ['text:Ada <ada@acme.com>', 'Enter'], 'Ada <ada@acme.com>'],
    ['labels', 6, ['text:vip', 'Enter', 'Tab'], ['vip']],
    ['industry', 7, ['Enter', 'ArrowDown', 'Enter'], 'healthcare'],
    ['close_date', 8, ['text:2027-02-03', 'Enter'], '2027-02-03'],
    ['probability', 9, ['text:62.5%', 'Enter'], 0.625],
    ['rating', 10, ['text:4', 'Enter'], 4],
    ['active', 11, ['Enter'], true],
    ['phone', 12, ['text:+49 30 901820', 'Enter'], '+4930901820'],
    ['website', 13, ['text:acme.com/about', 'Enter'], 'https://acme.com/about'],
    ['linkedin', 14, ['text:linkedin.com/in/ada', 'Enter'], 'https://www.linkedin.com/in/ada'],
    ['employees', 15, ['text:12', 'Enter'], 12],
    ['notes', 16, ['text:one', 'Shift+Enter', 'text:two', 'Enter'], 'one\ntwo'],
    ['last_seen', 17, ['text:2026-11-20 10:30', 'Enter'], '2026-11-20T10:30:00.000Z'],
    ['call_time', 18, ['text:1:30:00', 'Enter'], 5400],
    ['payload', 19, ['text:{"a":[1]}', 'Enter'], { a: [1] }],
  ]
  it('edits cells of every type', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown')
    for (const [key, column, keys, value] of edits) {
      await scene.press('Control+Home')
      for (let i = 0; i < column; i++) await scene.press('ArrowRight')
      for (const each of keys) {
        if (each.startsWith('text:')) await scene.page.keyboard.type(each.slice(5))
        else await scene.press(each)
      }
      await expect.poll(() => scene.cell(0, key), { message: key }).toEqual(value)
      await expect.poll(() => scene.page.locator('.ops-editor-input').count(), { message: key }).toBe(0)
    }
  })

  it('takes a line of text where the code of an editor cannot be loaded, until it can', async () => {
    await using scene = await openScene('scene=mixed', {}, '.ops-row', async (page) => {
      await page.route(/popup-editors/, (route) => route.abort())
    })
    await scene.grid.focus()
    await scene.press('ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight')
    await scene.page.keyboard.type('Won')
    await scene.page.locator('.ops-editor-input[data-type=status]').waitFor()
    expect(await scene.page.getByRole('listbox').count()).toBe(0)
    await scene.page.unroute(/popup-editors/)
    await scene.press('Enter')
    await expect.poll(() => scene.cell(0, 'stage')).toBe('won')
    // A try that fails may still be on its way, and what has come must be run: until then each editor is a line of text.
    const listbox = scene.page.getByRole('listbox')
    const hasOpened = async () => {
      if ((await listbox.count()) === 0) await scene.press('Escape', 'Enter')
      return await listbox.count()
    }
    await expect.poll(hasOpened, { interval: 200 }).toBe(1)
    expect(new Set(scene.errors.splice(0))).toEqual(new Set(['Failed to load resource: net::ERR_FAILED']))
  })

  it('clears, undoes and brings back', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight')
    const said = scene.page.getByRole('status')
    expect(await said.textContent()).toBe('Rows selected: 2, columns: 2')
    await scene.press('Delete')
    await expect.poll(() => scene.cell(1, 'company')).toBeNull()
    expect(await scene.notices()).toEqual(['Cleared 4 cells.'])
    expect(await said.textContent()).toBe('Cleared 4 cells.')
    await scene.press('Control+z')
    await expect.poll(() => scene.cell(1, 'company')).toBe('soylent.com')
    expect(await scene.cell(0, 'name')).toBe('Ada Lovelace')
    await scene.press('Control+Shift+Z')
    await expect.poll(() => scene.cell(0, 'name')).toBeNull()
  })

  /** Types into the last column but one and fills that into the last. */
  const fillToTheRight = async (scene: Scene, text: string) => {
    await scene.grid.focus()
    await scene.press('ArrowDown', 'End', 'ArrowLeft')
    await scene.page.keyboard.type(text)
    await scene.press('Enter', 'ArrowUp', 'Shift+ArrowRight', 'Control+r')
  }

  it('fills to the right and redoes where browsers would reload and open their history', async () => {
    await using scene = await openScene('scene=mixed&columns=22')
    await fillToTheRight(scene, '47')
    await expect.poll(() => scene.cell(0, 'field_2')).toBe('47')
    await scene.press('Control+z')
    await expect.poll(() => scene.cell(0, 'field_2')).not.toBe('47')
    expect(await scene.cell(0, 'field_1')).toBe(47)
    await scene.press('Control+y')
    await expect.poll(() => scene.cell(0, 'field_2')).toBe('47')
  })

  it('fills a number into a text with its digits alone, not as its own column shows it', async () => {
    await using scene = await openScene('scene=mixed&columns=22')
    await fillToTheRight(scene, '1234567.5')
    await expect.poll(() => scene.cell(0, 'field_2')).toBe('1234567.5')
  })

  it('goes from day to day and week to week in a date', async () => {
    await using scene = await openScene('scene=mixed&columns=9')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'End', 'Enter', 'Control+a')
    await scene.page.keyboard.type('2026-01-05')
    await scene.press('ArrowDown', 'Shift+ArrowUp', 'Enter')
    await expect.poll(() => scene.cell(0, 'close_date')).toBe('2025-12-30')
  })

  it('closes and opens a group by arrows, Enter and Space', async () => {
    await using scene = await openScene('scene=grouped')
    await scene.grid.focus()
    await scene.press('Control+Home')
    const open = () =>
      scene.grid.evaluate((root) => {
        const active = document.getElementById(root.getAttribute('aria-activedescendant') ?? '')
        return active?.closest('[aria-expanded]')?.getAttribute('aria-expanded')
      })
    expect(await open()).toBe('true')
    for (const [key, expected] of [
      ['ArrowLeft', 'false'],
      ['ArrowRight', 'true'],
      ['Enter', 'false'],
      ['Space', 'true'],
    ] as const) {
      await scene.press(key)
      await expect.poll(open, { message: key }).toBe(expected)
    }
  })

  it('moves and widens columns, opens menus and rows', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'ArrowRight', 'Alt+ArrowRight', 'Alt+Shift+ArrowRight')
    const names = () =>
      scene.page.evaluate(() => window.scene.columns.slice(0, 3).map(({ name, width }) => `${name} ${width}`))
    await expect.poll(names).toEqual(['Name 200', 'Email 230', 'Company 186'])
    await scene.press('Space')
    expect(await scene.page.evaluate(() => window.scene.opened)).toEqual(['row_0'])
    await scene.press('Shift+F10')
    await scene.page.getByRole('menuitem', { name: 'Clear' }).waitFor()
    await scene.press('Escape')
    await expect.poll(() => scene.page.getByRole('menu').count()).toBe(0)
    await expect.poll(() => scene.grid.evaluate((root) => document.activeElement === root)).toBe(true)
  })

  it('hands the menu what was pressed before it stood there', async () => {
    await using scene = await openScene('scene=mixed&rows=50')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'Shift+F10', 'ArrowDown', 'ArrowDown', 'Enter')
    await expect.poll(() => scene.page.evaluate(() => window.scene.opened)).toEqual(['row_0'])
    expect(await scene.activePlace()).toBe('0:0')
    await scene.press('Shift+F10', 'ArrowDown', 'Enter')
    await scene.page.locator('.ops-editor-input').waitFor()
    await expect.poll(() => scene.page.getByRole('menu').count()).toBe(0)
    await scene.page.keyboard.type(' Jr.')
    await scene.press('Enter')
    expect(await scene.cell(0, 'name')).toBe('Ada Lovelace Jr.')
  })

  it('finds cells, goes round among them and gives the focus back', async () => {
    await using scene = await openScene('scene=mixed&rows=2000')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'Control+f')
    await scene.page.keyboard.type('soylent.com')
    await expect.poll(() => scene.page.locator('.ops-find-count').textContent()).toMatch(/^1 of \d+$/)
    expect(await scene.activePlace()).toBe('1:1')
    await scene.press('Enter')
    await expect.poll(() => scene.activePlace()).toBe('1:2')
    await scene.press('Shift+F3')
    await expect.poll(() => scene.activePlace()).toBe('1:1')
    await scene.press('Control+g')
    await expect.poll(() => scene.activePlace()).toBe('1:2')
    await scene.press('Shift+Enter', 'Shift+Enter')
    await expect
      .poll(() => scene.page.locator('.ops-find-count').textContent())
      .toMatch(/^(\d+) of \1$|^1,000 of 1,000$/)
    await scene.press('Escape', 'ArrowUp')
    await expect.poll(() => scene.page.locator('.ops-find').count()).toBe(0)
    expect(await scene.activePlace()).not.toBe('1:2')
  })
})

describe('what is typed before it can be written', () => {
  const sendRows = (scene: Scene) => scene.page.evaluate(() => window.late.sendRows())

  it('opens a row that is on its way once it is there, unless one has gone on', async () => {
    await using scene = await openScene('scene=late')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'Space', 'ArrowDown', 'Space')
    await sendRows(scene)
    await expect.poll(() => scene.page.evaluate(() => window.scene.opened)).toEqual(['row_1'])
  })

  it('stays in the editor of a row that is not loaded, and goes on in that of its column once it is', async () => {
    await using scene = await openScene('scene=late')
    await scene.grid.focus()
    await scene.press('ArrowDown')
    await scene.page.keyboard.type('Grace')
    expect(await scene.page.locator('.ops-editor-input').inputValue()).toBe('Grace')
    await sendRows(scene)
    await scene.page.locator('.ops-editor-input:not([aria-busy])').waitFor()
    await scene.page.keyboard.type(' Hopper')
    await scene.press('Enter')
    expect(await scene.cell(0, 'name')).toBe('Grace Hopper')
    expect(await scene.activePlace()).toBe('1:0')
  })

  it('says what was typed into a row that is gone before it was loaded, and goes on', async () => {
    await using scene = await openScene('scene=late')
    await scene.grid.focus()
    await scene.press('ArrowDown')
    await scene.page.keyboard.type('Lost?')
    await scene.page.evaluate(() => window.scene.rows.setRows([]))
    await expect
      .poll(() => scene.notices())
      .toEqual(['“Lost?” was not written into Name: the row is not there any more.'])
    expect(await scene.page.getByRole('textbox').count()).toBe(0)
    expect(await scene.grid.evaluate((grid) => grid === document.activeElement)).toBe(true)
  })

  it('says what was typed into a row that somebody deletes meanwhile', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown')
    await scene.page.keyboard.type('Lost?')
    await scene.page.evaluate(() => window.scene.rows.remove([window.scene.rows.row(0)?.id ?? '']))
    await scene.press('Enter')
    await expect.poll(() => scene.notices()).toEqual(['“Lost?” was not written into Name: The row is gone.'])
  })

  it('is written cell by cell though no row is loaded, or refused with the reason', async () => {
    await using scene = await openScene('scene=late&loads=fail')
    await scene.grid.focus()
    await scene.press('ArrowDown')
    for (const text of ['Ada', 'Alan']) {
      await scene.page.keyboard.type(text)
      await scene.press('Enter')
    }
    await scene.press('F2')
    await scene.page.keyboard.type(' Jr.')
    await scene.press('Tab', 'ArrowRight', 'ArrowRight')
    await scene.page.keyboard.type('won')
    await scene.press('Tab')
    await scene.page.keyboard.type('about five')
    await scene.press('Enter')
    const before = await scene.cell(2, 'name')
    await sendRows(scene)
    await expect.poll(() => scene.cell(0, 'name')).toBe('Ada')
    expect(await scene.cell(1, 'name')).toBe('Alan')
    expect(await scene.cell(2, 'name')).toBe(`${before} Jr.`)
    expect(await scene.cell(2, 'stage')).toBe('won')
    const notices = (await scene.notices()).join('\n')
    expect(notices).toContain('What you typed into Name waits')
    expect(notices).toContain('“about five” was not written into Amount')
  })

  it('follows its row when others add rows above it', async () => {
    await using scene = await openScene('scene=late')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'ArrowDown')
    await scene.page.keyboard.type('Second')
    await scene.press('Enter')
    await scene.page.keyboard.type('Third')
    await scene.page.evaluate(() => {
      const { rows } = window.scene
      rows.insertAt(0, [{ id: 'other', version: 1, cells: { name: 'Other' } }])
    })
    await scene.press('Enter')
    await sendRows(scene)
    await expect.poll(() => scene.cell(3, 'name')).toBe('Third')
    expect(await scene.cell(2, 'name')).toBe('Second')
    expect(await scene.cell(0, 'name')).toBe('Other')
  })

  it('goes into the editor whose code comes late: in place of the value, or behind it', async () => {
    await using scene = await openScene('scene=late&rows-here')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'ArrowRight', 'ArrowRight')
    await scene.page.keyboard.type('first')
    await scene.press('Enter')
    await expect.poll(async () => (await scene.notices()).join()).toContain('“first” was not written into Email')
    await scene.page.keyboard.type('ada@')
    await scene.page.evaluate(() => window.late.sendEditor())
    await scene.page.locator('.late').waitFor()
    await scene.page.keyboard.type('acme.com')
    await scene.press('Enter')
    expect(await scene.cell(1, 'email')).toBe('ada@acme.com')
  })

  it('goes on while the editor is rendered and not yet shown, and none of it is lost', async () => {
    await using scene = await openScene('scene=late&rows-here')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'ArrowRight', 'ArrowRight')
    await scene.page.keyboard.type('ada@')
    await scene.page.evaluate(() => window.late.sendEditor())
    await scene.page.keyboard.type('acme.com')
    await scene.page.locator('.late').waitFor()
    expect(await scene.page.locator('.late').inputValue()).toBe('ada@acme.com')
  })

  it('is put behind a value that is opened before its editor is there', async () => {
    await using scene = await openScene('scene=late&rows-here')
    await scene.grid.focus()
    await scene.press('ArrowDown', 'ArrowRight', 'ArrowRight', 'F2')
    await scene.page.keyboard.type('.uk')
    const before = await scene.cell(0, 'email')
    await scene.page.evaluate(() => window.late.sendEditor())
    await expect.poll(() => scene.page.locator('.late').inputValue()).toBe(`${before}.uk`)
  })

  it('goes into the row that is just being made', async () => {
    await using scene = await openScene('scene=late&rows-here')
    const before = await scene.cell(49, 'name')
    await scene.page.mouse.move(700, 400)
    await scene.page.mouse.wheel(0, 5_000)
    await scene.page.getByRole('button', { name: 'New row' }).click()
    await scene.page.keyboard.type('Fresh')
    await scene.page.evaluate(() => window.late.addRow())
    await scene.page.locator('.ops-editor-input').waitFor()
    await scene.page.keyboard.type(' row')
    await scene.press('Enter')
    await expect.poll(() => scene.cell(50, 'name')).toBe('Fresh row')
    expect(await scene.cell(49, 'name')).toBe(before)
  })

  it('goes through an input method from its first key on', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.grid.focus()
    await scene.press('ArrowDown')
    const session = await scene.page.context().newCDPSession(scene.page)
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', windowsVirtualKeyCode: 229 })
    await session.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 })
    await session.send('Input.insertText', { text: '日本' })
    await scene.press('Enter')
    await expect.poll(() => scene.cell(0, 'name')).toBe('日本')
  })

  it('is told when it did not fit and another cell is edited in its place', async () => {
    await using scene = await openScene('scene=mixed')
    await scene.page.getByRole('gridcell', { name: '$7,919.25' }).click()
    await scene.page.keyboard.type('about five')
    await scene.press('Enter')
    // Not the next row: the sentence below the editor lies over it.
    await scene.page.getByRole('gridcell', { name: '$47,514.50' }).click()
    await scene.page.keyboard.type('7')
    expect((await scene.notices()).join()).toContain('“about five” was not written into Amount')
    await scene.press('Enter')
    await expect.poll(() => scene.cell(6, 'amount')).toBe(7)
  })
})
