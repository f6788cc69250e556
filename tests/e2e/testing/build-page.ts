import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { build, defaultClientConditions } from 'vite'

export interface BuildPageOptions {
  /**
   * With React's development build, which warns of faults and runs effects twice in strict mode, and with readable names.
   * Opening a page takes a third more of the processor's time. @default false: as hosts ship it
   */
  readonly development?: boolean
  /** Packages to bundle in place of others. */
  readonly alias?: Readonly<Record<string, string>>
}

export interface BuiltPage extends AsyncDisposable {
  readonly directory: string
}

/** Where a run of tests keeps the pages that it has bundled, for its files and the servers that those start. */
export const pageBuilds = 'OPSLAYER_PAGE_BUILDS'

/** Bundles a page from its sources; in a run of tests once for all who want the same. */
export async function buildPage(root: string, options: BuildPageOptions = {}): Promise<BuiltPage> {
  const shared = process.env[pageBuilds]
  if (shared === undefined) {
    const directory = await mkdtemp(join(tmpdir(), 'opslayer-page-'))
    await bundle(root, directory, options)
    return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) }
  }
  const name = createHash('sha256')
    .update(JSON.stringify([root, options]))
    .digest('hex')
    .slice(0, 16)
  const directory = join(shared, name)
  while (!existsSync(directory)) {
    if (await isFirst(`${directory}.lock`)) {
      try {
        await bundle(root, `${directory}.part`, options)
        await rename(`${directory}.part`, directory)
      } finally {
        await rmdir(`${directory}.lock`)
      }
    } else await setTimeout(50)
  }
  return { directory, [Symbol.asyncDispose]: async () => {} }
}

async function isFirst(lock: string): Promise<boolean> {
  try {
    await mkdir(lock)
    return true
  } catch {
    return false
  }
}

/**
 * What several parts of a page share, in a few files: in 150, as many as there are sets of parts that share something,
 * opening a table takes a browser half as much again of the processor's time.
 */
const sharedCode = { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 15_000 }

async function bundle(root: string, outDir: string, { development = false, alias }: BuildPageOptions): Promise<void> {
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    // Test runners set NODE_ENV to something else, which Vite would go by.
    define: { 'process.env.NODE_ENV': JSON.stringify(development ? 'development' : 'production') },
    oxc: { jsx: { runtime: 'automatic', development } },
    resolve: { alias: { ...alias }, conditions: [...defaultClientConditions, '@opslayer/source'] },
    build: {
      outDir,
      emptyOutDir: true,
      minify: !development,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        output: {
          codeSplitting: { groups: [sharedCode] },
          ...(development && { minify: { mangle: false, compress: false, codegen: true } }),
        },
      },
    },
  })
}
