import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setInterval } from 'node:timers/promises'
import { type APIRequestContext, type Browser, type Page, request } from 'playwright-core'
import { appScreens, type TableIds } from './screens/app-screens.ts'
import { dialogScreens } from './screens/dialog-screens.ts'
import { indexPage } from './screens/index-page.ts'
import { screens as sceneScreens } from './screens/screens.ts'
import { axeFaults } from './testing/axe-faults.ts'
import { openBrowser } from './testing/open-browser.ts'
import { servePage } from './testing/serve-page.ts'
import { startFreshHostApp } from './testing/start-host-app.ts'

// Takes a picture of every screen and state, wide and narrow, light and dark, and has axe look at each:
// `pnpm screens [name …]`. Then look at tests/e2e/screens/taken/index.html. Ends with 1 where something was wrong.

const directory = join(import.meta.dirname, 'screens/taken')
const wanted = process.argv.slice(2)
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const
const schemes = ['light', 'dark'] as const
const variants = Object.keys(sizes).flatMap((size) => schemes.map((scheme) => `${size}-${scheme}`))

await mkdir(directory, { recursive: true })
await using page = await servePage(join(import.meta.dirname, 'page'))
await using app = await startFreshHostApp(0.2)
const browser = await openBrowser()
try {
  const tables = await readTables(app.url)
  const screens = [
    ...sceneScreens.map(({ query, ready = '.ops-row', ...screen }) => ({
      ...screen,
      ready,
      url: `${page.url}?${query}`,
    })),
    ...[...appScreens(tables), ...dialogScreens(tables)].map(({ path, ...screen }) => ({
      ...screen,
      ready: 'main',
      url: new URL(path, app.url).href,
    })),
  ].filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  for (const screen of screens) {
    await takePictures(browser, screen)
    console.log(screen.name)
  }
  await writeFile(
    join(directory, 'index.html'),
    indexPage(
      screens.map(({ name }) => name),
      variants,
    ),
  )
} finally {
  await browser.close()
}

interface Picture {
  readonly name: string
  readonly url: string
  /** What is there once the screen is. */
  readonly ready: string
  readonly act?: (page: Page) => Promise<void>
}

async function takePictures(browser: Browser, picture: Picture): Promise<void> {
  await Promise.all(
    Object.entries(sizes).flatMap(([size, viewport]) =>
      schemes.map(async (colorScheme) => {
        const context = await browser.newContext({ viewport, colorScheme, hasTouch: size === 'narrow' })
        await takePicture(await context.newPage(), picture, `${size}-${colorScheme}`)
        await context.close()
      }),
    ),
  )
}

async function takePicture(tab: Page, { name, url, ready, act }: Picture, variant: string): Promise<void> {
  tab.setDefaultTimeout(20_000)
  const complain = (fault: string) => {
    console.error(`${name} ${variant}: ${fault}`)
    process.exitCode = 1
  }
  tab.on('pageerror', (error) => complain(error.message))
  await tab.goto(url)
  await tab.locator(ready).first().waitFor({ state: 'attached' })
  await tab.waitForFunction(() => document.querySelector('[aria-busy=true]') === null).catch(() => {})
  await act?.(tab).catch((error: Error) => complain(error.message.split('\n')[0] ?? ''))
  await tab.screenshot({ path: join(directory, `${name}-${variant}.png`), animations: 'disabled' })
  for (const fault of await axeFaults(tab)) complain(fault)
}

/** The demo's tables by name, and one without rows. */
async function readTables(url: string): Promise<TableIds> {
  const asAdmin = await request.newContext({ baseURL: url })
  await asAdmin.get('/api/session')
  await asAdmin.post('/ops/rpc/tables.create', {
    data: {
      name: 'Event guests',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Email', type: 'email' },
      ],
    },
  })
  if (wanted.length === 0 || wanted.some((part) => 'app-half-a-million'.includes(part))) await makeLargeTable(asAdmin)
  const answer = await (await asAdmin.get('/ops/rpc/tables.list?input={}')).json()
  await asAdmin.dispose()
  return Object.fromEntries(answer.result.data.items.map(({ id, name }: { id: string; name: string }) => [name, id]))
}

/** The demo's table of 500,000 rows, made as its button makes it. */
async function makeLargeTable(asAdmin: APIRequestContext): Promise<void> {
  await asAdmin.post('/api/large-table', { data: {} })
  for await (const _ of setInterval(1_000)) {
    const { state, reason } = await (await asAdmin.get('/api/large-table')).json()
    if (state === 'failed') throw new Error(reason)
    if (state === 'done') return
  }
}
