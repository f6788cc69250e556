import { describe, expect, it } from 'vitest'
import type { OpenTable } from '../testing/open-workspace.ts'

const ownHost = { query: 'host=own' }

/** What stands in the table, which no dictionary knows. */
const data = [
  'Name',
  'Company',
  'Email',
  'Stage',
  'Score',
  'Closes',
  'Subscribed',
  'Doubled',
  'Owner',
  'Leads',
  'Contract',
  'Acme',
  // Names of formats, and a sample of one.
  'CSV',
  'TSV',
  'Excel',
  'JSON Lines',
  'Jan 7, 2026',
]

/** Runs in the page: what people read or hear that is not from the host's dictionary. */
function untranslated(known: readonly string[]): string[] {
  const said = [...document.querySelectorAll('body *')].flatMap((element) => {
    if (
      element.closest(
        '.ops-row, .ops-sheet-frame, .ops-sheet, .ops-formula, .ops-history strong, time, script, style, svg',
      ) !== null
    )
      return []
    const texts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
    const attributes = ['aria-label', 'title', 'placeholder', 'aria-roledescription']
    return [...texts.map(({ textContent }) => textContent), ...attributes.map((name) => element.getAttribute(name))]
  })
  return [...new Set(said)].filter(
    (text): text is string =>
      text !== null &&
      /\p{L}{3}/u.test(text) &&
      !text.includes('‹') &&
      !known.includes(text.trim().replace(/ [↑↓]$/, '')),
  )
}

/** A host in another language, with people and parts of its own. */
export function describeOwnHost(openTable: OpenTable): void {
  describe('a host that brings its own', () => {
    it('has people by their names and pictures, and chooses among them', async () => {
      await using tab = await openTable(ownHost)
      const { page } = tab
      await expect.poll(async () => (await tab.column('Owner'))[0]).toMatch(/Ada Lovelace$/)
      const avatar = page.locator('.ops-cell-person .ops-avatar').first()
      expect(await avatar.evaluate((node) => getComputedStyle(node).backgroundImage)).toContain('ada.svg')
      await page.locator('.ops-grid-rows').focus()
      await tab.press('ArrowDown', 'End')
      await page.keyboard.type('metc')
      await tab.press('Enter')
      await expect.poll(async () => (await tab.column('Owner'))[0]).toMatch(/Bob Metcalfe$/)
      await tab.press('ArrowUp', 'Space')
      const panel = page.getByRole('complementary')
      await panel.getByText(/by Ada Lovelace/).waitFor()
      await tab.press('Escape')
      await tab.press('Control+z')
      await expect.poll(async () => (await tab.column('Owner'))[0]).toMatch(/Ada Lovelace$/)
    })

    it('shows cells, editors, menus, commands, entries of the palette and dialogs of its own', async () => {
      await using tab = await openTable(ownHost)
      const { page } = tab
      await page.evaluate(() => {
        window.asked = []
      })
      await expect.poll(async () => (await tab.column('Email'))[0]).toBe('mail: p0@example.com')
      await page.locator('.ops-grid-rows').focus()
      await tab.press('ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter')
      await page.getByRole('slider', { name: 'Score' }).waitFor()
      await tab.press('ArrowRight', 'ArrowRight', 'Enter')
      await expect.poll(async () => (await tab.column('Score'))[0]).toBe('2')
      await tab.press('Control+z')
      await expect.poll(async () => (await tab.column('Score'))[0]).toBe('0')

      await tab.press('Shift+F10')
      await page.getByRole('menuitem', { name: 'Ask Acme' }).click()
      await page.locator('.ops-grid-rows').focus()
      await tab.press('Control+k')
      await page.getByRole('combobox').fill('greet')
      await tab.press('Enter')
      await expect.poll(() => page.evaluate(() => window.asked)).toEqual(['Score', 'greet'])

      await page.locator('.ops-grid-rows').focus()
      await tab.press('Control+k')
      await page.getByRole('combobox').fill('add column')
      await tab.press('Enter')
      await page.getByRole('combobox').fill('contract')
      await tab.press('Enter')
      await page.getByRole('dialog', { name: 'Contract' }).getByText(/^tbl_/).waitFor()
    })

    it('says everything in its language', async () => {
      await using tab = await openTable(ownHost)
      const { page } = tab
      const check = async (where: string) => expect.soft(await page.evaluate(untranslated, data), where).toEqual([])
      const button = (name: string) => page.getByRole('button', { name: `‹${name}›`, exact: true })
      await check('table')
      for (const [tool, add] of [
        ['Filter', 'Add condition'],
        ['Sort', 'Add sort'],
        ['Group', 'Add level'],
        ['Fields', ''],
        ['Colour', 'Add rule'],
      ] as const) {
        await button(tool).click()
        await page.getByRole('dialog').waitFor()
        if (add !== '') await button(add).click()
        await check(tool)
        await page.keyboard.press('Escape')
        await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
      }
      await button('Reset').click()
      await button('More').click()
      await page.getByRole('menu').waitFor()
      await check('menu')
      for (const entry of ['Export', 'Table settings', 'History of the table', 'Deleted rows']) {
        await page.getByRole('menuitem', { name: `‹${entry}›` }).click()
        await page.getByRole('dialog').waitFor()
        await check(entry)
        await page.keyboard.press('Escape')
        await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
        await button('More').click()
        await page.getByRole('menu').waitFor()
      }
      await page.keyboard.press('Escape')
      await expect.poll(() => page.getByRole('menu').count()).toBe(0)
      await expect.poll(() => button('More').evaluate((element) => element === document.activeElement)).toBe(true)
      await page.locator('.ops-grid-rows').focus()
      await tab.press('Control+k')
      await page.getByRole('combobox').fill('add column')
      await tab.press('Enter')
      await page.getByRole('combobox', { name: '‹Search column types›' }).fill('date')
      await check('palette')
      await tab.press('Enter')
      await page.getByRole('textbox', { name: '‹Name›', exact: true }).waitFor()
      await check('form of a column')
    })
  })
}
