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

/** What stands in the file that is brought in. */
const ofTheFile = ['Eve · Bob', 'eve@example.com · bob@example.com', 'about ten · 7', 'UTF-8', 'leads.csv']

/** Runs in the page: what people read or hear that is not from the host's dictionary. */
function untranslated(known: readonly string[]): string[] {
  const said = [...document.querySelectorAll('body *')].flatMap((element) => {
    if (
      element.closest(
        '.ops-row, .ops-sheet-frame, .ops-sheet, .ops-formula, .ops-history strong, .ops-history-row, time, script, style, svg',
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

    it('has column types of its own, chosen, shown and edited like any other', async () => {
      await using tab = await openTable(ownHost)
      const { page } = tab
      await page.locator('.ops-grid-rows').focus()
      await tab.press('Control+k')
      await page.getByRole('combobox').fill('add column')
      await tab.press('Enter')
      await page.getByRole('combobox', { name: '‹Search column types›' }).fill('quarter')
      await tab.press('Enter')
      await page.getByRole('textbox', { name: '‹Name›', exact: true }).fill('Renews')
      await tab.press('Enter')
      await expect.poll(async () => (await tab.column('Renews')).length).toBeGreaterThan(0)
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
      await page.locator('.ops-grid-rows').focus()
      await tab.press('ArrowDown', 'End')
      await page.keyboard.type('q3/26')
      await tab.press('Enter')
      await expect.poll(async () => (await tab.column('Renews'))[0]).toBe('Q3 2026')
      await tab.press('Control+z')
      await expect.poll(async () => (await tab.column('Renews'))[0]).toBe('')
      await tab.press('Control+z')
      await expect.poll(() => page.locator('.ops-head-name', { hasText: 'Renews' }).count()).toBe(0)
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
        await expect.poll(() => page.getByRole('dialog').locator('.ops-skeleton').count()).toBe(0)
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

    it('says in its language what goes wrong with a formula, an edit and a file', async () => {
      await using tab = await openTable(ownHost)
      const { page } = tab
      const check = async (where: string) =>
        expect.soft(await page.evaluate(untranslated, [...data, ...ofTheFile]), where).toEqual([])
      const column = async (search: string) => {
        await page.locator('.ops-grid-rows').focus()
        await tab.press('Control+k')
        await page.getByRole('combobox').fill('add column')
        await tab.press('Enter')
        await page.getByRole('combobox', { name: '‹Search column types›' }).fill(search)
        await tab.press('Enter')
      }
      await column('spreadsheet')
      const formula = page.getByRole('textbox', { name: '‹Formula›' })
      for (const [source, fault] of [
        ['@Scor + 1', '‹There is no column @Scor.‹ Did you mean "score"?››'],
        ['UPPER(@score, 2)', '‹UPPER ‹takes ‹1 argument (text)›; here ‹there are 2››.›'],
        ['ABS(@name)', '‹ABS ‹needs ‹a number› as “number”›; ‹@name is ‹text››.‹ VALUE reads a number from text.››'],
      ] as const) {
        await formula.fill(source)
        await page.getByText(fault).waitFor()
        await check(source)
      }
      await formula.fill('')
      await formula.pressSequentially('upp')
      await page.getByText('‹The text in capitals.›').waitFor()
      await tab.press('Escape', 'Escape')
      await page.getByRole('alertdialog', { name: '‹Discard changes?›' }).waitFor()
      await check('question')
      await page.getByRole('button', { name: '‹Discard›' }).click()
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0)

      await page.locator('.ops-grid-rows').focus()
      await tab.press('ArrowDown', 'Home', 'ArrowRight', 'ArrowRight')
      await page.keyboard.type('nobody at all')
      await tab.press('Enter')
      await page.getByText('‹“nobody at all” is not an e-mail address›').first().waitFor()
      await tab.press('Escape')

      await page.getByRole('button', { name: '‹More›', exact: true }).click()
      await page.getByRole('menuitem', { name: '‹Import›' }).click()
      const dialog = page.getByRole('dialog')
      const choose = (text: string) =>
        dialog
          .locator('input[type="file"]')
          .setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
      await choose('Name;Email;Score\nEve;eve@example.com;about ten\nBob;bob@example.com;7\n')
      await dialog.getByText('‹‹The names are the same›.›').first().waitFor()
      await check('mapping')
      await dialog.getByRole('button', { name: '‹Look at what would happen›' }).click()
      await dialog.getByText('‹“about ten” is not a number›').waitFor()
      await check('what would happen')
    })
  })
}
