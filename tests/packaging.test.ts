import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleSize } from './bench/grid/bundle-size.ts'
import { diskDirectory } from './databases/keep-in-memory.ts'
import { makeOwnedDirectory } from './databases/owned-directory.ts'
import { bundlingFiles } from './packaging/bundled.ts'
import { importableEntries, makeConsumer, type Packed } from './packaging/consumer-project.ts'
import { runCommand, runPnpm, runTool } from './packaging/run-command.ts'
import { readWorkspacePackages, workspaceRoot } from './rooms/workspace-packages.ts'

// On the disk, where pnpm links packages instead of copying them.
const directory = makeOwnedDirectory(diskDirectory())
const packed: readonly Packed[] = readWorkspacePackages().map((each) => ({
  package: each,
  tarball: join(directory, `${each.folder}.tgz`),
}))

afterAll(() => rmSync(directory, { recursive: true, force: true }))

beforeAll(async () => {
  await runPnpm(['build'])
  for (const each of packed) {
    await runPnpm(['pack', '--out', each.tarball], join(workspaceRoot, 'packages', each.package.folder))
  }
}, 180_000)

/** What a text says, however its lines are broken and marked as a comment. */
const words = (text: string) =>
  text
    .replace(/^\s*\*/gm, '')
    .replace(/\s+/g, ' ')
    .trim()

describe.each(packed)('the package $package.manifest.name', ({ package: source, tarball }) => {
  it('packs its built files and nothing of the workspace', async () => {
    const files = (await runCommand('tar', ['-tzf', tarball], directory)).trim().split('\n')
    expect(files).toContain('package/LICENSE')
    expect(files).toContain('package/README.md')
    expect(files).toContain('package/package.json')
    const others = files.filter((file) => !/^package\/(LICENSE|README\.md|package\.json|dist\/.+)$/.test(file))
    expect(others).toEqual([])
    expect(files.filter((file) => /\.test|dist\/.+\/testing\//.test(file))).toEqual([])
    const manifest = await runCommand('tar', ['-xzOf', tarball, 'package/package.json'], directory)
    expect(manifest).not.toContain('@opslayer/source')
    expect(manifest).not.toContain('workspace:')
    expect(JSON.parse(manifest).exports).toEqual(source.manifest.publishConfig.exports)
  })

  it('ships the notices of what it bundles', () => {
    for (const { path, libraries } of bundlingFiles(join(workspaceRoot, 'packages', source.folder, 'dist'))) {
      const built = words(readFileSync(path, 'utf8'))
      for (const library of libraries) expect(built).toContain(words(readFileSync(join(library, 'LICENSE'), 'utf8')))
    }
  })

  it('passes publint', async () => {
    const { messages, pkg } = await publint({
      pack: { tarball: new Uint8Array(readFileSync(tarball)).buffer },
      strict: true,
    })
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
  })

  it('has types that resolve everywhere', async () => {
    const styles = Object.keys(source.manifest.exports).filter((entry) => entry.endsWith('.css'))
    const left = styles.length > 0 ? ['--exclude-entrypoints', ...styles.map((entry) => entry.slice(2))] : []
    await runTool('attw', [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji', '--no-color', ...left])
  })
})

describe('a host that installs the packages', () => {
  const consumer = join(directory, 'consumer')

  beforeAll(() => makeConsumer(consumer, packed), 120_000)

  it('compiles with every entry and writes declarations', async () => {
    await runTool('tsc', ['-p', 'tsconfig.json'], consumer)
    expect(readFileSync(join(consumer, 'out/consumer.d.ts'), 'utf8')).toContain('OpsError')
  })

  it('serves and calls the router, by the types of the tarballs alone', async () => {
    const script = `import { embedAndCall } from './out/client.js'
      console.log(JSON.stringify(await embedAndCall()))`
    const printed = await runCommand(process.execPath, ['--input-type=module', '--eval', script], consumer)
    expect(JSON.parse(printed)).toEqual(['ada@example.com'])
  })

  it('scaffolds a plugin whose conformance test is green, with nothing but the tarballs', {
    timeout: 120_000,
  }, async () => {
    const cli = join(consumer, 'node_modules/@opslayer/server/dist/cli/main.js')
    await runCommand(process.execPath, [cli, 'plugin', 'new', 'my_vendor'], consumer)
    const printed = await runCommand(process.execPath, ['--test'], join(consumer, 'my-vendor'))
    expect(printed).toMatch(/ℹ fail 0/)
    expect(Number(/ℹ pass (\d+)/.exec(printed)?.[1])).toBeGreaterThan(15)
  })

  it('renders the grid on a server', async () => {
    const script = `import { createElement } from 'react'
      import { renderToString } from 'react-dom/server'
      import { GridView, memoryRows } from '@opslayer/react/grid'
      const grid = createElement(GridView, { label: 'People', source: memoryRows([]), columns: [] })
      console.log(renderToString(grid))`
    const printed = await runCommand(process.execPath, ['--input-type=module', '--eval', script], consumer)
    expect(printed).toContain('aria-label="People"')
  })

  it.each([
    {
      page: 'the grid and the column types',
      code: `export { GridView } from '@opslayer/react/grid'; export { builtInColumnTypes } from '@opslayer/core/values'`,
      maxKb: 175,
    },
    {
      page: 'hooks under the provider',
      code: `export { OpsProvider, useTables } from '@opslayer/react'`,
      maxKb: 205,
    },
    { page: 'a table', code: `export { OpsProvider, OpsTable } from '@opslayer/react'`, maxKb: 385 },
  ])('loads for $page at most $maxKb KB at first, without React', { timeout: 60_000 }, async ({ code, maxKb }) => {
    const { entryKb } = await bundleSize(code, { root: consumer, conditions: [] })
    expect(entryKb).toBeLessThan(maxKb)
  })

  it('finds in every entry what its source exports', async () => {
    const script = `import { entries } from './out/entries.js'
      console.log(JSON.stringify(Object.entries(entries).map(([name, entry]) => [name, Object.keys(entry).sort()])))`
    const printed = await runCommand(process.execPath, ['--input-type=module', '--eval', script], consumer)
    const sources = packed
      .flatMap((each) => importableEntries(each.package))
      .map(async ({ specifier, source }) => [specifier, Object.keys(await import(source)).sort()])
    expect(JSON.parse(printed)).toEqual(await Promise.all(sources))
  })
})
