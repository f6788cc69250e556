import type { Page } from 'playwright-core'
import { type AppScreen, rowsShown, type TableIds } from './app-screens.ts'

const messyFile = {
  name: 'Leads from the fair.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    'Report of May;;;\n;;;\nFull name;Work email;Size;Next call\nAda Lovelace;ada@acme.com;1.200;03.12.2026\n' +
      '"Knuth; Donald";don at acme.com;about ten;soon\nRadia Perlman;radia@acme.com;12;\n',
  ),
}

/** Dialogs and panels over tables of the demo, in each of their states. */
export function dialogScreens(tables: TableIds): readonly AppScreen[] {
  const onTable = (name: string, table: string, act: (page: Page) => Promise<void>): AppScreen => ({
    name,
    path: `/tables/${tables[table] ?? 'missing'}`,
    async act(page) {
      await rowsShown(page)
      await act(page)
    },
  })
  return [
    onTable('dialog-add-column', 'Deals', openPalette),
    onTable('dialog-add-column-status', 'Deals', (page) => chooseType(page, 'status')),
    onTable('dialog-formula', 'Deals', async (page) => {
      await chooseType(page, 'formula')
      await page.keyboard.type('Commission')
      await typeFormula(page, 'ROUND(@amount * @probability / 20)')
      await page.getByText(/rows would change/).waitFor()
    }),
    onTable('dialog-formula-completion', 'Deals', async (page) => {
      await chooseType(page, 'formula')
      await typeFormula(page, 'IF(@am')
      await page.getByRole('option').first().waitFor()
    }),
    onTable('dialog-formula-fault', 'Deals', async (page) => {
      await chooseType(page, 'formula')
      await typeFormula(page, 'ROUND(@amuont * 2)')
      await page.getByText('There is no column @amuont.').waitFor()
    }),
    onTable('dialog-edit-column', 'Deals', async (page) => {
      await page.getByRole('columnheader', { name: 'Stage' }).click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Edit column' }).click()
      await page.getByRole('textbox', { name: 'Name of the option' }).first().waitFor()
    }),
    onTable('dialog-import', 'Contacts', openImport),
    onTable('dialog-import-mapping', 'Contacts', mapFile),
    onTable('dialog-import-matching', 'Contacts', async (page) => {
      await mapFile(page)
      await page.getByRole('combobox', { name: 'Rows that are there already' }).click()
      await page.getByRole('option', { name: 'Update them, add the others' }).click()
      await page.getByRole('combobox', { name: 'A row is the same by' }).click()
      await page.getByRole('option').first().waitFor()
    }),
    onTable('dialog-import-check', 'Contacts', async (page) => {
      await mapFile(page)
      await page.getByRole('button', { name: 'Look at what would happen' }).click()
      await page.getByRole('button', { name: /^Import \d/ }).waitFor()
    }),
    onTable('dialog-import-done', 'Event guests', async (page) => {
      await mapFile(page)
      await page.getByRole('button', { name: 'Look at what would happen' }).click()
      await page.getByRole('button', { name: /^Import \d/ }).click()
      await page.getByRole('button', { name: 'Undo the import' }).click()
      await page.getByText('The import was undone.').first().waitFor()
    }),
    onTable('dialog-import-fault', 'Contacts', async (page) => {
      await openImport(page)
      await page.locator('input[type="file"]').setInputFiles({ ...messyFile, buffer: Buffer.from('') })
      await page.getByRole('dialog').getByRole('alert').waitFor()
    }),
    onTable('dialog-export', 'Contacts', (page) => chooseTool(page, 'Export')),
    onTable('dialog-table-settings', 'Contacts', (page) => chooseTool(page, 'Table settings')),
    onTable('dialog-history', 'Deals', async (page) => {
      await chooseTool(page, 'History of the table')
      await page.locator('.ops-history-entry').first().waitFor()
    }),
    onTable('dialog-deleted-rows', 'Deals', async (page) => {
      await chooseTool(page, 'Deleted rows')
      await page.getByText('No deleted rows').waitFor()
    }),
    onTable('dialog-new-view', 'Deals', async (page) => {
      await page.getByRole('button', { name: 'New view' }).click()
      await page.getByRole('dialog').waitFor()
    }),
    onTable('dialog-row-history', 'Deals', async (page) => {
      await page.locator('.ops-grid-rows').focus()
      for (const key of ['ArrowDown', 'Space']) await page.keyboard.press(key)
      await page.getByRole('tab', { name: 'History' }).click()
      await page.locator('.ops-history-entry').first().waitFor()
    }),
    onTable('panel-filter-formula', 'Deals', async (page) => {
      await openTool(page, 'Filter')
      await page.getByRole('button', { name: 'More kinds of conditions' }).click()
      await page.getByRole('menuitem', { name: 'Formula' }).click()
      await typeIn(page, 'Formula that is true or false', '@amount > 100000 AND @stge = "Won"')
      await page.getByText('There is no column @stge.').waitFor()
    }),
    onTable('panel-colour-rule', 'Deals', async (page) => {
      await openTool(page, 'Colour')
      await page.getByRole('button', { name: 'Add rule' }).click()
      await page.getByRole('combobox', { name: 'Value' }).first().waitFor()
    }),
    onTable('menu-view', 'Deals', async (page) => {
      await page.getByRole('button', { name: 'Won', exact: true }).click()
      await page.getByRole('button', { name: 'Menu of view Won' }).click()
      await page.getByRole('menu').waitFor()
    }),
    onTable('menu-more', 'Deals', async (page) => {
      await page.getByRole('button', { name: 'More', exact: true }).click()
      await page.getByRole('menu').waitFor()
    }),
    onTable('state-no-matches', 'Contacts', async (page) => {
      await openTool(page, 'Filter')
      await page.getByRole('button', { name: 'Add condition' }).click()
      await page.getByRole('combobox', { name: 'Value' }).fill('nobody is called that')
      await page.getByText('No rows for this filter').waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
    }),
    onTable('state-person', 'Contacts', async (page) => {
      await page.locator('.ops-grid-rows').focus()
      await page.keyboard.press('ArrowDown')
      for (let step = 0; step < 30 && !(await isInColumn(page, 'Owner')); step++)
        await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await page.getByRole('listbox').waitFor()
    }),
    {
      name: 'dialog-new-table',
      path: '/tables',
      async act(page) {
        await page.getByRole('button', { name: 'New table' }).click()
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      name: 'dialog-deleted-tables',
      path: '/tables',
      async act(page) {
        await page.getByRole('button', { name: 'Deleted tables' }).click()
        await page.getByRole('dialog').waitFor()
      },
    },
  ]
}

/** Whether the active cell stands in a column. */
async function isInColumn(page: Page, name: string): Promise<boolean> {
  return await page.evaluate((wanted) => {
    const id = document.querySelector('.ops-grid-rows')?.getAttribute('aria-activedescendant') ?? ''
    const place = document.getElementById(id)?.getAttribute('aria-colindex')
    return document.querySelector(`[role=columnheader][aria-colindex="${place}"]`)?.textContent?.trim() === wanted
  }, name)
}

async function openPalette(page: Page): Promise<void> {
  await page.locator('.ops-grid-rows').focus()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'What do you want to do?' }).fill('add column')
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Search column types' }).waitFor()
}

async function chooseType(page: Page, words: string): Promise<void> {
  await openPalette(page)
  await page.getByRole('combobox', { name: 'Search column types' }).fill(words)
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor()
}

const typeFormula = (page: Page, text: string) => typeIn(page, 'Formula', text)

async function typeIn(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label, exact: true }).focus()
  await page.keyboard.type(text)
}

async function openImport(page: Page): Promise<void> {
  await chooseTool(page, 'Import')
}

async function mapFile(page: Page): Promise<void> {
  await openImport(page)
  await page.locator('input[type="file"]').setInputFiles(messyFile)
  await page.getByRole('combobox', { name: 'Where Work email goes' }).waitFor()
}

async function openTool(page: Page, name: string): Promise<void> {
  await page.getByRole('toolbar').getByRole('button', { name }).click()
  await page.getByRole('dialog').waitFor()
}

async function chooseTool(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name }).click()
  await page.getByRole('dialog').waitFor()
}
