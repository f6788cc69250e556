import { describe, expect, it } from 'vitest'
import { describeEscape } from './table/escape.ts'
import { describeFinding } from './table/finding.ts'
import { describeFocus } from './table/focus.ts'
import { describeNewTable } from './table/new-table.ts'
import { describeOwnHost } from './table/own-host.ts'
import { describeReact18 } from './table/react-18.ts'
import { describeUndoOrder } from './table/undo-order.ts'
import { describeUnsaved } from './table/unsaved.ts'
import { axeFaults } from './testing/axe-faults.ts'
import { focusOf, tabTo } from './testing/keyboard-focus.ts'
import { describeWorkspace, type TableWindow } from './testing/open-workspace.ts'

const openTable = describeWorkspace()
describeOwnHost(openTable)
describeNewTable(openTable)
describeEscape(openTable)
describeFocus(openTable)
describeFinding(openTable)
describeUnsaved(openTable)
describeUndoOrder(openTable)

const button = ({ page }: TableWindow, name: string | RegExp) => page.getByRole('button', { name, exact: true })

/** Chooses in a field where one types. */
async function choose({ page }: TableWindow, label: string, option: string, nth = 0): Promise<void> {
  const field = page.getByRole('combobox', { name: label, exact: true }).nth(nth)
  await field.fill(option)
  await page.getByRole('option', { name: option }).first().click()
}

/** Chooses in a field that opens a list. */
async function pick({ page }: TableWindow, label: string, option: string, nth = 0): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).nth(nth).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

describe('a view of a table', () => {
  it('is filtered, sorted, grouped and saved, and is there for another window', async () => {
    await using tab = await openTable()
    const { page } = tab
    await button(tab, 'Filter').click()
    await button(tab, 'Add condition').click()
    await choose(tab, 'Column', 'Stage')
    await pick(tab, 'Operator', 'is any of')
    await page.getByRole('combobox', { name: 'Values' }).fill('Wo')
    await page.getByRole('option', { name: /Won/ }).click()
    await page.keyboard.press('Escape')
    await expect.poll(async () => new Set(await tab.column('Stage'))).toEqual(new Set(['Won']))
    await page.keyboard.press('Escape')
    await page.getByText('60 of 240 rows').waitFor()

    await button(tab, 'Sort').click()
    await button(tab, 'Add sort').click()
    await choose(tab, 'Column to sort by', 'Score')
    await pick(tab, 'Direction', 'Descending')
    await expect.poll(async () => (await tab.column('Score'))[0]).toBe('238')
    await page.keyboard.press('Escape')

    await button(tab, 'Group').click()
    await button(tab, 'Add level').click()
    await choose(tab, 'Column to group by', 'Company')
    await page.keyboard.press('Escape')
    await page.locator('.ops-group-value', { hasText: 'Acme' }).waitFor()
    expect(await axeFaults(page)).toEqual([])

    await button(tab, 'Save as new view').click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Won deals')
    await button(tab, 'For everyone').click()
    await button(tab, 'Create view').click()
    await expect.poll(() => button(tab, 'Won deals').getAttribute('aria-current')).toBe('true')
    await expect.poll(() => button(tab, 'Save').count()).toBe(0)

    await using other = await openTable({ query: 'user=bob' })
    await button(other, 'Won deals').click()
    await other.page.getByText('60 of 240 rows').waitFor()
    await expect.poll(async () => new Set(await other.column('Stage'))).toEqual(new Set(['Won']))
  })

  it('keeps changes that are not saved until they are reset or saved', async () => {
    await using tab = await openTable()
    const { page } = tab
    await page.getByRole('columnheader', { name: 'Score' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Sort descending' }).click()
    await expect.poll(async () => (await tab.column('Score'))[0]).toBe('239')
    await button(tab, 'Reset').click()
    await expect.poll(async () => (await tab.column('Score'))[0]).toBe('0')

    await button(tab, 'New view').click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Mine')
    await button(tab, 'Create view').click()
    await expect.poll(() => button(tab, 'Mine').getAttribute('aria-current')).toBe('true')
    await page.getByRole('columnheader', { name: 'Email' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Hide column' }).click()
    await expect.poll(() => page.getByRole('columnheader', { name: 'Email' }).count()).toBe(0)
    await button(tab, 'Save').click()
    await expect.poll(() => button(tab, 'Reset').count()).toBe(0)

    // What is changed while the view is being saved stays, and is not saved with it.
    const held = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    await page.route(/views\.update/, async (route) => {
      asked.resolve()
      await held.promise
      await route.continue()
    })
    const sorting = page.getByRole('button', { name: /^Score/ })
    await page.getByRole('columnheader', { name: 'Score' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Sort descending' }).click()
    await sorting.waitFor()
    await button(tab, 'Save').click()
    await asked.promise
    await page.getByRole('columnheader', { name: 'Company' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Hide column' }).click()
    held.resolve()
    await expect.poll(() => page.getByRole('columnheader', { name: 'Company' }).count()).toBe(0)
    await page.unroute(/views\.update/)
    await button(tab, 'Reset').click()
    await expect.poll(() => page.getByRole('columnheader', { name: 'Company' }).count()).toBe(1)
    await expect.poll(async () => (await tab.column('Score'))[0]).toBe('239')
    await page.getByRole('button', { name: 'Menu of view Mine' }).click()
    await page.getByRole('menuitem', { name: 'Delete view' }).click()
    await page.getByText('View “Mine” was deleted.').waitFor()
    await expect.poll(() => button(tab, 'All rows').getAttribute('aria-current')).toBe('true')
  })

  it('says what is wrong with a condition, keeps the rows, and offers to clear a filter that lets none through', async () => {
    await using tab = await openTable()
    const { page } = tab
    await page.getByRole('columnheader', { name: 'Score' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Filter by this column' }).click()
    await page.getByRole('textbox', { name: 'Value' }).fill('many')
    await page.getByRole('alert').filter({ hasText: 'many' }).waitFor()
    expect((await tab.column('Score'))[0]).toBe('0')
    await page.getByRole('textbox', { name: 'Value' }).fill('4000')
    await page.getByText('No rows for this filter').waitFor()
    await page.keyboard.press('Escape')
    expect(await axeFaults(page)).toEqual([])
    await page.locator('.ops-no-matches').getByRole('button', { name: 'Clear filter' }).click()
    await expect.poll(async () => (await tab.column('Score'))[0]).toBe('0')
  })

  it('is filtered by a column whose name is typed over the one that is chosen', async () => {
    await using tab = await openTable()
    const { page } = tab
    await button(tab, 'Filter').click()
    await button(tab, 'Add condition').click()
    const column = page.getByRole('combobox', { name: 'Column' })
    await column.click()
    await page.keyboard.type('Score')
    await page.getByRole('option', { name: 'Score' }).waitFor()
    await tab.press('Enter')
    await expect.poll(() => column.inputValue()).toBe('Score')
  })

  it('is filtered by a formula, once there is nothing wrong with it', async () => {
    await using tab = await openTable()
    const { page } = tab
    await button(tab, 'Filter').click()
    await button(tab, 'More kinds of conditions').click()
    await page.getByRole('menuitem', { name: 'Formula' }).click()
    await page.getByRole('textbox', { name: 'Formula that is true or false' }).focus()
    await page.keyboard.type('@sub')
    await page.getByRole('option', { name: /Subscribed/ }).waitFor()
    await tab.press('Enter')
    await page.keyboard.type(' AND @scor > 236 ')
    await page.getByText('There is no column @scor.').waitFor()
    expect((await tab.column('Name'))[0]).toBe('Person 0')
    // What is unfinished waits in the closed panel.
    await tab.press('Escape', 'Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await button(tab, 'Filter').click()
    await button(tab, 'Use @score').click()
    await expect.poll(() => tab.column('Name')).toEqual(['Person 237'])
  })

  it('colours rows by rules', async () => {
    await using tab = await openTable()
    const { page } = tab
    await button(tab, 'Colour').click()
    await button(tab, 'Add rule').click()
    await choose(tab, 'Column', 'Subscribed')
    await page.locator('.ops-row.ops-format-tint-green').first().waitFor()
    expect(await axeFaults(page)).toEqual([])

    await button(tab, 'Add rule').click()
    await page.getByRole('combobox', { name: 'Background' }).last().click()
    await page.getByRole('option', { name: 'Red' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page
      .getByRole('toolbar')
      .getByRole('button', { name: /^Colour/ })
      .click()
    await expect.poll(() => page.locator('.ops-format-sample').count()).toBe(2)
    expect(await page.locator('.ops-format-sample').last().getAttribute('class')).toContain('ops-format-tint-red')
  })

  it('has rows of three heights, and chooses what columns add up to', async () => {
    await using tab = await openTable()
    const { page } = tab
    const heightOf = () =>
      page
        .locator('.ops-row:not([hidden])')
        .first()
        .evaluate((row) => row.getBoundingClientRect().height)
    for (const [name, pixels] of [
      ['Tall', 56],
      ['Short', 32],
      ['Medium', 36],
    ] as const) {
      await button(tab, 'More').click()
      await page.getByRole('menuitem', { name: `Row height: ${name}` }).click()
      await expect.poll(heightOf).toBe(pixels)
      await button(tab, 'More').click()
      const height = page.locator('[role="menuitem"][aria-current="true"]', { hasText: 'Row height' })
      await expect.poll(() => height.allTextContents()).toEqual([`Row height: ${name}`])
      await page.keyboard.press('Escape')
    }
    await page.getByTitle('Choose the summary of column Score').click()
    await page.getByRole('menuitem', { name: 'Average' }).click()
    const sum = page.locator('.ops-foot-value', { hasText: '119.5' })
    await sum.waitFor()
    // Name and result stand beside each other, and a share is said in one.
    const label = await page.locator('.ops-foot-label', { hasText: 'Average' }).boundingBox()
    expect((label?.x ?? 0) + (label?.width ?? 0)).toBeLessThan((await sum.boundingBox())?.x ?? 0)
    await page.getByTitle('Choose the summary of column Score').click()
    await page.getByRole('menuitem', { name: 'Percent filled' }).click()
    await page.getByText(/^\d+% filled$/).waitFor()
  })
})

describe('what does not fit a cell', () => {
  it('is told beside the editor, and below the command menu while that is open', async () => {
    await using tab = await openTable()
    const { page } = tab
    await page.locator('.ops-grid-rows').focus()
    const score = await page.locator('.ops-head-cell', { hasText: 'Score' }).getAttribute('aria-colindex')
    await tab.press('Control+Home', ...Array.from({ length: Number(score) - 2 }, () => 'ArrowRight'))
    await page.keyboard.type('many')
    await tab.press('Enter')
    const fault = page.getByText('“many” is not a number')
    await fault.waitFor()
    await tab.press('Control+k')
    await expect
      .poll(() =>
        page
          .getByRole('dialog')
          .getByRole('combobox')
          .evaluate((each) => each === document.activeElement),
      )
      .toBe(true)
    await fault.waitFor({ state: 'hidden' })
    await tab.press('Escape')
    await fault.waitFor()
  })
})

describe('a row', () => {
  it('is seen in full, edited, gone through and deleted, with a way back', async () => {
    await using tab = await openTable()
    const { page } = tab
    await page.locator('.ops-grid-rows').focus()
    await tab.press('ArrowDown', 'ArrowDown', 'Space')
    const panel = page.getByRole('complementary', { name: 'Details of the row' })
    await panel.getByRole('heading', { name: 'Person 1' }).waitFor()
    expect(await axeFaults(page)).toEqual([])

    await panel.getByRole('button', { name: /^Edit Company/ }).click()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Wayne')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await tab.column('Company'))[1]).toBe('Wayne')
    await panel.getByRole('tab', { name: 'History' }).click()
    await panel.getByText('changed Company').waitFor()
    expect(await panel.locator('.ops-history-before').first().textContent()).toBe('Acme')

    await panel.getByRole('button', { name: 'Next row' }).click()
    await panel.getByRole('heading', { name: 'Person 2' }).waitFor()
    await panel.getByRole('button', { name: 'Delete row' }).click()
    await page.getByText('Deleted 1 row.').waitFor()
    await expect.poll(async () => (await tab.column('Name'))[2]).toBe('Person 3')
    await page.locator('.ops-notice').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(async () => (await tab.column('Name'))[2]).toBe('Person 2')
  })

  it('shows what others do as they do it', async () => {
    await using mine = await openTable()
    await using theirs = await openTable({ query: 'user=bob' })
    await mine.page.locator('.ops-grid-rows').focus()
    await mine.press('ArrowDown', 'ArrowRight')
    await mine.page.keyboard.type('Stark')
    await mine.press('Enter')
    await expect.poll(async () => (await theirs.column('Company'))[0]).toBe('Stark')
    await mine.press('Control+z')
    await mine.page.getByText(/^Undone/).waitFor()
    await expect.poll(async () => (await theirs.column('Company'))[0]).toBe('Northwind')
  })
})

describe('what happened to a table', () => {
  it('is told by the names of rows and fields, which lead to them, and so is what is taken back', async () => {
    await using tab = await openTable()
    const { page } = tab
    await page.locator('.ops-grid-rows').focus()
    await tab.press('ArrowDown', 'ArrowDown', 'ArrowRight')
    await page.keyboard.type('Hooli')
    await tab.press('Enter', 'Control+z')
    const notice = page.locator('.ops-notice', { hasText: 'Undone in “Person 1”: Company.' })
    await notice.getByRole('button', { name: 'Show the row' }).click()
    const panel = page.getByRole('complementary', { name: 'Details of the row' })
    await panel.getByRole('heading', { name: 'Person 1' }).waitFor()
    await tab.press('Escape')
    await expect.poll(() => panel.count()).toBe(0)
    await tab.press('Control+Shift+z')
    await page.getByText('Done again in “Person 1”: Company.').waitFor()

    await tab.press('Control+k')
    await page.keyboard.type('history')
    await tab.press('Enter')
    const history = page.getByRole('dialog', { name: 'History of the table' })
    const first = history.getByRole('listitem').first()
    await history.getByText('added 240 rows').waitFor()
    expect(await first.textContent()).toContain('did again: changed Company of Person 1')
    expect(await axeFaults(page)).toEqual([])
    await first.getByRole('button', { name: 'Person 1' }).focus()
    await tab.press('Enter')
    await panel.getByRole('heading', { name: 'Person 1' }).waitFor()
    await expect.poll(() => history.count()).toBe(0)
    await expect.poll(() => panel.evaluate((element) => element.contains(document.activeElement))).toBe(true)
    await tab.press('Escape')
    await tab.press('Control+z')
    await page.getByText('Undone in “Person 1”: Company.').last().waitFor()
  })
})

describe('the command menu', () => {
  it('does by name what toolbar and menus do, without the mouse', async () => {
    await using tab = await openTable()
    const { page } = tab
    // The code of the menu comes late: what is typed meanwhile is for it, and not for the cell below.
    let send = () => {}
    const isSent = new Promise<void>((resolve) => {
      send = resolve
    })
    await page.route(/table-commands/, async (route) => {
      await isSent
      await route.continue()
    })
    await page.locator('.ops-grid-rows').focus()
    await tab.press('ArrowDown', 'Control+k')
    await page.keyboard.type('deleted rows')
    await tab.press('Enter')
    send()
    await page.getByRole('dialog', { name: 'Deleted rows' }).waitFor()
    expect((await tab.column('Name'))[0]).toBe('Person 0')
    await tab.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    await button(tab, 'Filter').focus()
    await tab.press('Control+k')
    await page.getByRole('combobox', { name: 'What do you want to do?' }).waitFor()
    expect(await axeFaults(page)).toEqual([])
    await page.keyboard.type('sort score')
    await tab.press('ArrowDown', 'Enter')
    await expect.poll(async () => (await tab.column('Score'))[0]).toBe('239')
    await button(tab, 'Fields').click()
    await page.getByPlaceholder('Find a field').focus()
    await tab.press('Control+k')
    await page.getByRole('combobox', { name: 'What do you want to do?' }).waitFor()
    await tab.press('Escape')
    await page.locator('.ops-grid-rows').focus()
    await tab.press('Control+k')
    await page.keyboard.type('history')
    await tab.press('Enter')
    await page.getByRole('dialog', { name: 'History of the table' }).waitFor()
    await tab.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    await page.locator('.ops-grid-rows').focus()
    await tab.press('Control+k')
    await page.keyboard.type('edit column score')
    await tab.press('Enter')
    const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name', exact: true })
    await expect.poll(() => name.evaluate((field: HTMLInputElement) => field.value)).toBe('Score')
  })
})

describe('a window over the table', () => {
  it('has what is typed as soon as it is asked for, though the browser is late with its next frame', async () => {
    await using tab = await openTable()
    const { page } = tab
    const search = page.getByRole('combobox', { name: 'What do you want to do?' })
    const grid = page.locator('.ops-grid-rows')
    await grid.focus()
    await tab.press('ArrowDown', 'Control+k')
    await search.waitFor()
    await tab.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    await expect.poll(() => grid.evaluate((element) => element === document.activeElement)).toBe(true)
    const frames = await page.evaluateHandle(() => {
      const { requestAnimationFrame } = window
      const held: FrameRequestCallback[] = []
      window.requestAnimationFrame = (draw) => held.push(draw)
      return () => {
        window.requestAnimationFrame = requestAnimationFrame
        for (const draw of held) requestAnimationFrame(draw)
      }
    })
    await tab.press('Control+k')
    await page.keyboard.type('history')
    await frames.evaluate((draw) => draw())
    await expect.poll(() => search.inputValue()).toBe('history')
    await tab.press('Enter')
    await page.getByRole('dialog', { name: 'History of the table' }).waitFor()
    expect((await tab.column('Name'))[0]).toBe('Person 0')
  })
})

describe('home', () => {
  it('lists the tables, copies, renames, deletes and brings back, and opens one', async () => {
    await using tab = await openTable({ scene: 'home', ready: '.ops-home-line' })
    const { page } = tab
    await page.getByText('240 rows').waitFor()
    expect(await axeFaults(page)).toEqual([])
    await button(tab, 'Menu of Leads').click()
    await page.getByRole('menuitem', { name: 'Duplicate' }).click()
    await button(tab, 'Menu of Leads copy').click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Second')
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
    await button(tab, 'Menu of Second').click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByText('Table “Second” was deleted.').waitFor()
    await expect.poll(() => button(tab, 'Menu of Second').count()).toBe(0)
    await button(tab, 'Deleted tables').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
    await page.getByText('No deleted tables').waitFor()
    await tab.press('Escape')
    await button(tab, 'Menu of Second').waitFor()
    await page.getByRole('button', { name: /Leads/ }).first().click()
    await expect.poll(async () => (await tab.column('Name'))[0]).toBe('Person 0')
  })
})

describe('the keyboard alone', () => {
  it('builds a filter, leaves it, and goes on in the grid', async () => {
    await using tab = await openTable()
    const { page } = tab
    await tabTo(page, 'Filter')
    await tab.press('Enter')
    await page.getByText('No conditions').waitFor()
    await tabTo(page, 'Add condition')
    await tab.press('Enter')
    await page.getByRole('combobox', { name: 'Value' }).waitFor()
    await tabTo(page, 'Value')
    await page.keyboard.type('Person 23')
    await expect
      .poll(() => tab.column('Name'))
      .toEqual(['Person 23', ...Array.from({ length: 10 }, (_, n) => `Person 23${n}`)])
    await tab.press('Escape', 'Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    await focusOf(page).toBe('Filter1')
  })

  it('closes a window that has just opened by Escape, though its button says by then what it is', async () => {
    await using tab = await openTable()
    const { page } = tab
    const hint = page.locator('.ops-tooltip')
    await page.route(/export-dialog/, async (route) => {
      await hint.waitFor()
      await route.continue()
    })
    await page.getByRole('button', { name: 'More', exact: true }).focus()
    await tab.press('Enter')
    await page.evaluate(() => {
      // The first moment at which one sees the window; no key of a test's own is as early as those of quick hands.
      const opened = new MutationObserver(() => {
        if (document.querySelector('[role="dialog"]') === null) return
        opened.disconnect()
        const key = { key: 'Escape', bubbles: true, cancelable: true }
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', key))
        document.body.dataset.escapedFrom = document.querySelector('.ops-tooltip')?.textContent ?? 'no hint'
      })
      opened.observe(document.body, { childList: true, subtree: true })
    })
    await page.getByRole('menuitem', { name: 'Export', exact: true }).focus()
    await tab.press('Enter')
    await expect.poll(() => page.evaluate(() => document.body.dataset.escapedFrom)).toBe('More')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  })
})

describe('who may not, or cannot', () => {
  it('reads a table as a viewer, and is offered no more', async () => {
    await using tab = await openTable({ query: 'role=viewer' })
    const { page } = tab
    await page.getByText('You can look at this table and not change it.').waitFor()
    for (const name of ['Undo', 'New row', 'New view']) expect(await button(tab, name).count()).toBe(0)
    await page.locator('.ops-grid-rows').focus()
    await tab.press('ArrowDown', 'Space')
    await page.getByRole('complementary').getByRole('heading', { name: 'Person 0' }).waitFor()
    expect(await page.getByRole('button', { name: /^Edit Company/ }).count()).toBe(0)
    expect(await axeFaults(page)).toEqual([])
  })

  it('is told so where there is nothing for them', async () => {
    await using tab = await openTable({ query: 'sent-role=nobody', ready: '[role="alert"]', mayLog: /401|403|404/ })
    await tab.page.getByText('This table cannot be shown').waitFor()
    expect(await axeFaults(tab.page)).toEqual([])
  })

  it('goes on after the connection was lost', async () => {
    await using tab = await openTable({ mayLog: /ERR_INTERNET_DISCONNECTED|Failed to fetch|network/i })
    const { page, context } = tab
    await context.setOffline(true)
    await page.getByRole('alert').filter({ hasText: 'No connection' }).waitFor()
    expect((await tab.column('Name'))[0]).toBe('Person 0')
    await context.setOffline(false)
    await expect.poll(() => page.getByRole('alert').count()).toBe(0)
    await page.getByRole('columnheader', { name: 'Score' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Sort descending' }).click()
    await expect.poll(async () => (await tab.column('Score'))[0]).toBe('239')
  })
})

describe('on a phone', () => {
  it('has room for the filter, the row and the tools', async () => {
    await using tab = await openTable({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      colorScheme: 'dark',
    })
    const { page } = tab
    await button(tab, 'Filter').click()
    await button(tab, 'Add condition').click()
    await button(tab, 'Add group').click()
    const wide = await page.evaluate(
      () =>
        [...document.querySelectorAll('.ops-filters *')].filter(
          (part) => part.getBoundingClientRect().right > innerWidth && part.getBoundingClientRect().width > 0,
        ).length,
    )
    expect(wide).toBe(0)
    expect(await axeFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('.ops-grid-rows').focus()
    await tab.press('ArrowDown', 'Space')
    const panel = page.getByRole('complementary')
    await panel.getByRole('heading', { name: 'Person 0' }).waitFor()
    expect((await panel.boundingBox())?.width).toBe(390)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(await axeFaults(page)).toEqual([])
    await tab.press('Escape', 'Control+f')
    await page.keyboard.type('Person')
    const search = page.getByRole('search')
    await search.getByText(/^1 of /).waitFor()
    const heights = await search.evaluate((bar) => [...bar.children].map((part) => part.getBoundingClientRect()))
    const [first, ...others] = heights.map(({ top, height }) => top + height / 2)
    for (const middle of others) expect(Math.abs(middle - (first ?? 0))).toBeLessThan(2)
  })
})

describe('a heading of a group', () => {
  it('shows its value in full, also where nothing but the row numbers is pinned', async () => {
    await using tab = await openTable({ viewport: { width: 390, height: 844 } })
    const { page } = tab
    await button(tab, 'Group').click()
    await button(tab, 'Add level').click()
    await choose(tab, 'Column to group by', 'Company')
    await page.keyboard.press('Escape')
    const value = page.locator('.ops-group-value', { hasText: 'Acme' }).first()
    await value.waitFor()
    const isOnTop = (element: Element) => {
      const { left, right, top, height } = element.getBoundingClientRect()
      const at = (x: number) => document.elementFromPoint(x, top + height / 2)
      return [left + 1, right - 1].every((x) => element.contains(at(x))) && element.scrollWidth <= element.clientWidth
    }
    await expect.poll(() => value.evaluate(isOnTop)).toBe(true)
  })
})

// Makes a column, and so comes last.
describeReact18(openTable)
