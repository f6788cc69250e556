import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { screens } from './screens/screens.ts'
import { openBrowser } from './testing/open-browser.ts'
import { servePage } from './testing/serve-page.ts'

// Takes a picture of every screen and state, wide and narrow, light and dark: `pnpm screens [name …]`.

const directory = join(import.meta.dirname, 'screens/taken')
const wanted = process.argv.slice(2)
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const

await mkdir(directory, { recursive: true })
await using page = await servePage(join(import.meta.dirname, 'page'))
const browser = await openBrowser()
try {
  for (const { name, query, ready = '.ops-row', act } of screens) {
    if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue
    for (const [size, viewport] of Object.entries(sizes)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({ viewport, colorScheme, hasTouch: size === 'narrow' })
        const tab = await context.newPage()
        tab.setDefaultTimeout(3_000)
        tab.on('pageerror', (error) => console.error(`${name}: ${error.message}`))
        tab.on('console', (message) => message.type() === 'error' && console.error(`${name}: ${message.text()}`))
        await tab.goto(`${page.url}?${query}`)
        await tab.locator(ready).first().waitFor({ state: 'attached' })
        await act?.(tab).catch((error: Error) => console.error(`${name} ${size}: ${error.message.split('\n')[0]}`))
        await tab.screenshot({ path: join(directory, `${name}-${size}-${colorScheme}.png`) })
        await context.close()
      }
    }
    console.log(name)
  }
} finally {
  await browser.close()
}
