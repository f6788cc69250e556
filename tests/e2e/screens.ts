import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { appScreens } from './screens/app-screens.ts'
import { dialogScreens } from './screens/dialog-screens.ts'
import { indexPage } from './screens/index-page.ts'
import { makeMoreTables } from './screens/more-tables.ts'
import { screens as sceneScreens } from './screens/screens.ts'
import { stateScreens } from './screens/state-screens.ts'
import { moreVariants, usualVariants, type Variant } from './screens/variants.ts'
import { axeFaults } from './testing/axe-faults.ts'
import { openBrowser } from './testing/open-browser.ts'
import { servePage } from './testing/serve-page.ts'
import { startFreshHostApp } from './testing/start-host-app.ts'

// Takes a picture of every screen and state, wide and narrow, light and dark, and has axe look at each:
// `pnpm screens [name …]`. Then look at tests/e2e/screens/taken/index.html. Ends with 1 where something was wrong.
// `pnpm screens --in forced,german [name …]` takes them in other variants; screens/variants.ts has them.

const directory = join(import.meta.dirname, 'screens/taken')
const { values, positionals: wanted } = parseArgs({ allowPositionals: true, options: { in: { type: 'string' } } })
const variants = values.in === undefined ? usualVariants : values.in.split(',').map(variantOf)
const isWanted = (name: string) => wanted.length === 0 || wanted.some((part) => name.includes(part))
/** What shows that something is on its way, and never comes here, is a screen too. */
const alwaysWaiting = /never|loading|^(early-editor|controls|app-fault)$/

await mkdir(directory, { recursive: true })
await using page = await servePage(join(import.meta.dirname, 'page'))
await using app = await startFreshHostApp(0.2)
const browser = await openBrowser()
try {
  const tables = await makeMoreTables(app.url, isWanted('app-half-a-million'))
  const screens = [
    ...sceneScreens.map(({ query, ready = '.ops-row', ...screen }) => ({
      ...screen,
      ready,
      url: `${page.url}?${query}`,
    })),
    ...[...appScreens(tables), ...dialogScreens(tables), ...stateScreens(tables)].map(({ path, ...screen }) => ({
      ...screen,
      ready: 'main',
      url: new URL(path, app.url).href,
    })),
  ].filter(({ name }) => isWanted(name))
  for (const screen of screens) {
    await takePictures(browser, screen)
    console.log(screen.name)
  }
  await writeFile(
    join(directory, 'index.html'),
    indexPage(
      screens.map(({ name }) => name),
      variants.map(({ name }) => name),
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
    variants.map(async (variant) => {
      const context = await browser.newContext(variant.context)
      await takePicture(await context.newPage(), picture, variant)
      await context.close()
    }),
  )
}

async function comesToRest(tab: Page): Promise<void> {
  await tab.waitForFunction(() => document.querySelector('[aria-busy=true], .ops-skeleton') === null)
}

function variantOf(name: string): Variant {
  const known = [...usualVariants, ...moreVariants]
  const variant = known.find((each) => each.name === name)
  if (variant === undefined)
    throw new Error(`There is no variant ${name}, but ${known.map((each) => each.name).join(', ')}.`)
  return variant
}

async function takePicture(tab: Page, { name, url, ready, act }: Picture, variant: Variant): Promise<void> {
  tab.setDefaultTimeout(20_000)
  const complain = (fault: string | Error) => {
    console.error(`${name} ${variant.name}: ${fault instanceof Error ? fault.message.split('\n')[0] : fault}`)
    process.exitCode = 1
  }
  tab.on('pageerror', complain)
  await tab.goto(url)
  await tab.locator(ready).first().waitFor({ state: 'attached' })
  await tab.waitForFunction(() => document.querySelector('[aria-busy=true]') === null).catch(() => {})
  await act?.(tab).catch(complain)
  await variant.after?.(tab)
  if (!alwaysWaiting.test(name)) await comesToRest(tab).catch(complain)
  await tab.screenshot({ path: join(directory, `${name}-${variant.name}.png`), animations: 'disabled' })
  // Axe does not know which colours the system gives.
  if (variant.context.forcedColors === undefined) for (const fault of await axeFaults(tab)) complain(fault)
}
