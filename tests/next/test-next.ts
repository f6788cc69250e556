import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../databases/free-port.ts'
import { openBrowser } from '../e2e/testing/open-browser.ts'
import { runCommand, runPnpm } from '../packaging/run-command.ts'
import { readWorkspacePackages, workspaceRoot } from '../rooms/workspace-packages.ts'

// The example of Next.js with the packed packages: installed, built, and edited in a browser. `pnpm test:next`.

const directory = await mkdtemp(join(tmpdir(), 'opslayer-next-'))
const app = join(directory, 'app')
let server: ChildProcess | undefined
try {
  await step('packs the packages', packPackages)
  await step('installs them into a copy of the example', () =>
    runPnpm(['install', '--no-frozen-lockfile', '--prefer-offline'], app),
  )
  await step('builds', () => runCommand(process.execPath, [join(app, 'node_modules/next/dist/bin/next'), 'build'], app))
  await step('opens and edits a table', openAndEdit)
  console.log('The example of Next.js works.')
} finally {
  server?.kill()
  await rm(directory, { recursive: true, force: true, maxRetries: 5 })
}

async function step(title: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now()
  await work()
  console.log(`${title}: ${((performance.now() - start) / 1_000).toFixed(1)} s`)
}

async function packPackages(): Promise<void> {
  await cp(join(workspaceRoot, 'examples/nextjs'), app, { recursive: true })
  await runPnpm(['build'])
  const overrides: Record<string, string> = {}
  for (const { folder, manifest } of readWorkspacePackages()) {
    const tarball = join(directory, `${folder}.tgz`)
    await runPnpm(['pack', '--out', tarball], join(workspaceRoot, 'packages', folder))
    overrides[manifest.name] = `file:${tarball}`
  }
  const manifest = JSON.parse(await readFile(join(app, 'package.json'), 'utf8'))
  for (const name of Object.keys(manifest.dependencies))
    manifest.dependencies[name] = overrides[name] ?? manifest.dependencies[name]
  await writeFile(join(app, 'package.json'), JSON.stringify(manifest))
  // Packed packages name each other by version, and those versions are not published.
  await writeFile(
    join(app, 'pnpm-workspace.yaml'),
    JSON.stringify({ packages: [], overrides, allowBuilds: { sharp: true } }),
  )
}

async function openAndEdit(): Promise<void> {
  const port = await freePort()
  server = spawn(process.execPath, [join(app, 'node_modules/next/dist/bin/next'), 'start', '--port', `${port}`], {
    cwd: app,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (server.stdout === null) throw new Error('Next.js has no output.')
  for await (const line of createInterface({ input: server.stdout })) if (line.includes('Ready')) break
  server.stdout.resume()

  const browser = await openBrowser()
  const seen: string[] = []
  try {
    const page = await browser.newPage()
    page.on('pageerror', ({ message }) => seen.push(message))
    page.on('console', (message) => message.type() === 'error' && seen.push(message.text()))
    page.on('response', (response) => response.ok() || seen.push(`${response.status()} ${response.url()}`))
    await page.goto(`http://127.0.0.1:${port}/`)
    await page.getByText('Ada Lovelace').waitFor()
    await page.locator('.ops-grid-rows').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.type('Katherine Johnson')
    await page.keyboard.press('Enter')
    await page.getByText('Katherine Johnson').waitFor()
    await page.reload()
    await page.getByText('Katherine Johnson').waitFor()
  } catch (error) {
    throw new Error(`The page failed. It said: ${seen.join('; ') || 'nothing'}`, { cause: error })
  } finally {
    await browser.close()
  }
  if (seen.length > 0) throw new Error(`The page works, but said: ${seen.join('; ')}`)
}
