import type { Page } from 'playwright-core'
import { type Answer, answerCalls } from './answers.ts'
import { type AppScreen, rowsShown, type TableIds } from './app-screens.ts'
import { longTable } from './more-tables.ts'
import { signIn } from './sign-in.ts'

/** The demo's screens while their server is slow, fails or refuses, where there is nothing, and for people without rights. */
export function stateScreens(tables: TableIds): readonly AppScreen[] {
  const path = (name: string) => `/tables/${tables[name] ?? 'missing'}`
  return [
    ...answered('home', '/tables', /tables\./),
    ...answered('runs', '/runs', /runs\./),
    ...answered('feeds', '/runs', /sources\./, (page) => openTab(page, 'Feeds')),
    ...answered('schedules', '/runs', /schedules\./, (page) => openTab(page, 'Schedules')),
    ...answered('spend', '/runs', /budgets\./, (page) => openTab(page, 'Spend')).filter(
      ({ name }) => !name.endsWith('nothing'),
    ),
    ...answered('connections', path('Contacts'), /connections\./, (page) => openConnections(page)),
    ...answered('feed-form', '/runs', /plugins\./, async (page) => {
      await openTab(page, 'Feeds')
      await page.getByRole('button', { name: 'New feed' }).first().click()
    }),
    // What plugins have is asked for together with the table, which would not come either.
    ...answered('palette', path('Deals'), /plugins\./, (page) => runCommand(page, 'Add column')).filter(
      ({ name }) => !/never|nothing/.test(name),
    ),
    ...(['never', 'fault', 'forbidden'] as const).map((how) => ({
      name: `answer-row-${how}`,
      path: path('Deals'),
      async act(page: Page) {
        await answerCalls(page, /rows\.get$/, how)
        await openRow(page)
      },
    })),
    { name: 'dialog-connections', path: path('Contacts'), act: openConnections },
    {
      name: 'dialog-connect',
      path: path('Contacts'),
      async act(page) {
        await openConnections(page)
        await page
          .getByRole('button', { name: /^Connect / })
          .first()
          .click()
        await page.getByRole('button', { name: 'Connect', exact: true }).waitFor()
      },
    },
    { name: 'no-tables', path: '/tables', act: (page) => signIn(page, 'blueharbor', 'admin') },
    { name: 'no-tables-overview', path: '/', act: (page) => signIn(page, 'blueharbor', 'admin') },
    { name: 'no-tables-viewer', path: '/tables', act: (page) => signIn(page, 'blueharbor', 'viewer') },
    { name: 'viewer-home', path: '/tables', act: (page) => signIn(page, 'lighthouse', 'viewer') },
    ...['Runs', 'Spend', 'Schedules', 'Feeds'].map((tab) => ({
      name: `viewer-${tab.toLowerCase()}`,
      path: '/runs',
      async act(page: Page) {
        await signIn(page, 'lighthouse', 'viewer')
        await openTab(page, tab)
      },
    })),
    {
      name: 'viewer-row',
      path: path('Contacts'),
      async act(page) {
        await signIn(page, 'lighthouse', 'viewer')
        await openRow(page)
      },
    },
    {
      name: 'viewer-more',
      path: path('Contacts'),
      async act(page) {
        await signIn(page, 'lighthouse', 'viewer')
        await rowsShown(page)
        await page.getByRole('button', { name: 'More', exact: true }).click()
        await page.getByRole('menu').waitFor()
      },
    },
    { name: 'long', path: path(longTable), act: rowsShown },
    { name: 'long-row', path: path(longTable), act: openRow },
    {
      name: 'long-fields',
      path: path(longTable),
      async act(page) {
        await rowsShown(page)
        await page.getByRole('toolbar').getByRole('button', { name: 'Fields' }).click()
        await page.getByRole('dialog').waitFor()
      },
    },
    { name: 'long-home', path: '/tables', act: (page) => page.locator('.ops-home-line').first().waitFor() },
    {
      name: 'long-rename',
      path: '/tables',
      async act(page) {
        await page.locator('.ops-home-line', { hasText: longTable }).getByRole('button').last().click()
        await page.getByRole('menuitem', { name: 'Rename' }).click()
        await page.getByRole('dialog').waitFor()
      },
    },
  ]
}

/** A screen under each answer of its server. */
function answered(
  name: string,
  path: string,
  calls: RegExp,
  act: (page: Page) => Promise<void> = async () => {},
): readonly AppScreen[] {
  return (['never', 'fault', 'forbidden', 'nothing'] as const).map((how: Answer) => ({
    name: `answer-${name}-${how}`,
    path,
    async act(page) {
      await answerCalls(page, calls, how)
      await act(page)
      if (how === 'fault' || how === 'forbidden') await page.getByRole('alert').first().waitFor()
    },
  }))
}

async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click()
}

async function openConnections(page: Page): Promise<void> {
  await runCommand(page, 'Connections')
}

/** Chooses from the command menu what opens a dialog of that name. */
async function runCommand(page: Page, name: string): Promise<void> {
  await rowsShown(page)
  await page.locator('.ops-grid-rows').focus()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill(name)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name }).waitFor()
}

async function openRow(page: Page): Promise<void> {
  await rowsShown(page)
  await page.locator('.ops-grid-rows').focus()
  for (const key of ['ArrowDown', 'Space']) await page.keyboard.press(key)
  await page.locator('.ops-row-panel').waitFor()
}
