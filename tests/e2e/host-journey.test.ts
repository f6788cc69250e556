import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeKeyboardSession } from './host/keyboard-journey.ts'
import { describeArranging } from './host/mouse-journey.ts'
import { describeNewTable } from './host/new-table-journey.ts'
import { describeWorkByKeyboard } from './host/work-by-keyboard.ts'
import { openBrowser } from './testing/open-browser.ts'
import { type HostPage, type OpenHost, openHostPage } from './testing/open-host-page.ts'
import { type HostApp, startFreshHostApp } from './testing/start-host-app.ts'

// What people do with opslayer in an app, from end to end: the demo's own server, real Chromium.

let app: HostApp
let browser: Browser
beforeAll(async () => {
  ;[app, browser] = await Promise.all([startFreshHostApp(), openBrowser()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.[Symbol.asyncDispose]()
})

const open: OpenHost = (options) => openHostPage(browser, app.url, options)

interface RowsAnswer {
  readonly rows: readonly { readonly id: string; readonly cells: Readonly<Record<string, unknown>> }[]
}

async function tableId(host: HostPage, name: string): Promise<string> {
  const { items } = await host.call<{ items: readonly { id: string; name: string }[] }>('tables.list', {})
  const found = items.find((table) => table.name === name)
  if (found === undefined) throw new Error(`There is no table ${name}.`)
  return found.id
}

describeNewTable(open)
describeArranging(open)
describeKeyboardSession(open)
describeWorkByKeyboard(open)

describe('two people', () => {
  it('see each other work, and others see nothing of it', async () => {
    await using mine = await open({ role: 'editor' })
    await using theirs = await open({ role: 'viewer' })
    await mine.openTable('Deals')
    await theirs.openTable('Deals')
    await mine.goTo(4, 'Deal')
    await mine.page.keyboard.type('Acme — Renewal')
    await mine.press('Enter')
    await expect.poll(() => theirs.cell(4, 'Deal')).toBe('Acme — Renewal')

    await using stranger = await open({ org: 'blueharbor', role: 'owner' })
    const deals = await tableId(mine, 'Deals')
    await expect(stranger.call('rows.page', { tableId: deals })).rejects.toThrow('NOT_FOUND')
    await expect(theirs.call('rows.delete', { tableId: deals, rowIds: [] })).rejects.toThrow('FORBIDDEN')
  }, 60_000)

  it('hear of what happened before their stream of changes stood', async () => {
    await using host = await open()
    const { page } = host
    const stream = Promise.withResolvers<void>()
    await page.route(/live\.changes/, async (route) => {
      await stream.promise
      await route.continue()
    })
    await page.reload()
    const link = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true })
    await link('Deals').waitFor()
    await host.call('tables.create', { name: 'Meanwhile', columns: [{ name: 'Name', type: 'text' }] })
    expect(await link('Meanwhile').count()).toBe(0)
    stream.resolve()
    await link('Meanwhile').waitFor()
  })

  it('keep what they see while the network is gone, and catch up after', async () => {
    await using mine = await open({ mayLog: /ERR_INTERNET_DISCONNECTED/ })
    await using theirs = await open()
    const deals = await tableId(theirs, 'Deals')
    await mine.openTable('Deals')
    await expect.poll(() => mine.cell(0, 'Deal')).toBeTruthy()
    await mine.page.context().setOffline(true)
    const [row] = (await theirs.call<RowsAnswer>('rows.page', { tableId: deals, limit: 1 })).rows
    await theirs.call('rows.update', {
      tableId: deals,
      updates: [{ id: row?.id, cells: { deal: 'While you were away' } }],
    })
    expect(await mine.cell(0, 'Deal')).not.toBe('While you were away')
    await mine.page.context().setOffline(false)
    await expect.poll(() => mine.cell(0, 'Deal'), { timeout: 20_000 }).toBe('While you were away')
  }, 60_000)
})

describe('addresses of the host', () => {
  it('name the view that is open', async () => {
    await using host = await open()
    const { page } = host
    await host.openTable('Deals')
    await page.getByRole('button', { name: 'Open pipeline' }).click()
    await page.waitForURL(/view=/)
    await page.reload()
    await page.locator('.ops-group-value', { hasText: 'Discovery' }).first().waitFor()
    await page.locator('.ops-foot-value').first().waitFor()
  }, 60_000)
})

describe('a host with a look of its own', () => {
  it('gives tables its colours, on a strict policy, without a mouse', async () => {
    await using host = await open()
    const { page } = host
    await page.getByRole('link', { name: 'Settings' }).focus()
    await host.press('Enter')
    await page.getByRole('radio', { name: 'plum' }).focus()
    await host.press('Space')
    await page.getByRole('link', { name: 'Contacts', exact: true }).focus()
    await host.press('Enter')
    await page.locator('.ops-grid-rows').waitFor()
    const accent = () =>
      page.evaluate(() =>
        getComputedStyle(document.querySelector('.ops-root') ?? document.body).getPropertyValue('--_ops-accent'),
      )
    expect(await accent()).toContain('#86198f')

    await host.goTo(1, 'Title')
    await page.keyboard.type('Chief Executive Officer')
    await host.press('Enter', 'ArrowUp')
    await expect.poll(() => host.cell(1, 'Title')).toBe('Chief Executive Officer')
    await host.press('Control+z')
    await expect.poll(() => host.cell(1, 'Title')).not.toBe('Chief Executive Officer')

    const policy = (await page.request.get(app.url)).headers()['content-security-policy']
    expect(policy).toContain("default-src 'self'")
    expect(policy).not.toContain('unsafe')
  }, 60_000)

  it('fits a phone', async () => {
    await using host = await open({ viewport: { width: 390, height: 844 }, hasTouch: true })
    const { page } = host
    await page.getByRole('button', { name: 'Navigation' }).click()
    await host.openTable('Contacts')
    await expect.poll(() => host.cell(0, 'Name')).toBeTruthy()
    await expect.poll(() => page.getByRole('link', { name: 'Settings' }).isVisible()).toBe(false)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  }, 60_000)

  it('keeps all tools in sight at four times the size, which leaves 320 px', async () => {
    await using host = await open({ viewport: { width: 320, height: 640 } })
    const { page } = host
    await page.getByRole('button', { name: 'Navigation' }).click()
    await host.openTable('Contacts')
    const tools = page.getByRole('toolbar').getByRole('button')
    await tools.last().waitFor()
    const ends = () => tools.evaluateAll((all) => all.map((tool) => tool.getBoundingClientRect().right))
    await expect.poll(async () => Math.max(...(await ends()))).toBeLessThanOrEqual(320)
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  }, 60_000)
})
