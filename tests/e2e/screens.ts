import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, type Page, request } from 'playwright-core'
import { appScreens, type TableIds } from './screens/app-screens.ts'
import { indexPage } from './screens/index-page.ts'
import { screens as sceneScreens } from './screens/screens.ts'
import { openBrowser } from './testing/open-browser.ts'
import { servePage } from './testing/serve-page.ts'
import { startFreshHostApp } from './testing/start-host-app.ts'

// Takes a picture of every screen and state, wide and narrow, light and dark: `pnpm screens [name …]`. Then look at
// tests/e2e/screens/taken/index.html.

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
  const screens = [
    ...sceneScreens.map(({ query, ready = '.ops-row', ...screen }) => ({
      ...screen,
      ready,
      url: `${page.url}?${query}`,
    })),
    ...appScreens(await readTables(app.url)).map(({ path, ...screen }) => ({
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

async function takePictures(browser: Browser, { name, url, ready, act }: Picture): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of schemes) {
      const context = await browser.newContext({ viewport, colorScheme, hasTouch: size === 'narrow' })
      const tab = await context.newPage()
      tab.setDefaultTimeout(5_000)
      tab.on('pageerror', (error) => console.error(`${name}: ${error.message}`))
      await tab.goto(url)
      await tab.locator(ready).first().waitFor({ state: 'attached' })
      await tab.waitForFunction(() => document.querySelector('[aria-busy=true]') === null).catch(() => {})
      await act?.(tab).catch((error: Error) => console.error(`${name} ${size}: ${error.message.split('\n')[0]}`))
      await tab.screenshot({ path: join(directory, `${name}-${size}-${colorScheme}.png`), animations: 'disabled' })
      await context.close()
    }
  }
}

/** The demo's tables by name, and one without rows. */
async function readTables(url: string): Promise<TableIds> {
  const asAdmin = await request.newContext({ baseURL: url })
  await asAdmin.get('/api/session')
  await asAdmin.post('/ops/rpc/tables.create', {
    data: {
      name: 'Empty',
      columns: [
        { name: 'Name', type: 'text' },
        { name: 'Email', type: 'email' },
      ],
    },
  })
  const answer = await (await asAdmin.get('/ops/rpc/tables.list?input={}')).json()
  await asAdmin.dispose()
  return Object.fromEntries(answer.result.data.items.map(({ id, name }: { id: string; name: string }) => [name, id]))
}
