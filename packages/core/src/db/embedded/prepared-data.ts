import { randomUUID } from 'node:crypto'
import {
  constants,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { isOwnDirectory } from '../own-directory.ts'

interface Manifest {
  readonly directories: readonly string[]
  readonly files: readonly (readonly [path: string, bytes: number])[]
}

/** What an interrupted attempt leaves has the target's name and this; the next attempt removes it. */
export const draftSuffix = '.draft'

const manifestFile = 'manifest.json'

/**
 * Makes `target`, which must not exist yet, of freshly initialised data. PostgreSQL's `initdb` takes seconds inside WebAssembly, so its result
 * is kept in `prepared` and copied from there. Blocks its thread: a thousand small files take 70 ms this way and six
 * times as long through Node's thread pool.
 *
 * @param initialise Makes a data directory where there is none.
 */
export async function fillFromPrepared(
  prepared: string,
  target: string,
  initialise: (directory: string) => Promise<void>,
): Promise<void> {
  // Renamed when it is whole, so that whatever stands at `target` may be trusted and is never removed.
  const draft = target + draftSuffix
  mkdirSync(dirname(prepared), { recursive: true, mode: 0o700 })
  const isCopied = isOwnDirectory(dirname(prepared)) && (await copyOrPrepare(prepared, draft, initialise))
  if (!isCopied) {
    rmSync(draft, { recursive: true, force: true })
    await initialise(draft)
  }
  renameSync(draft, target)
}

async function copyOrPrepare(prepared: string, target: string, initialise: (directory: string) => Promise<void>) {
  if (copyPrepared(prepared, target)) return true
  await prepare(prepared, initialise)
  return copyPrepared(prepared, target)
}

/** False when there is nothing whole to copy: never prepared, or a cleaner of temporary files has been there. */
function copyPrepared(prepared: string, target: string): boolean {
  rmSync(target, { recursive: true, force: true })
  try {
    const manifest = JSON.parse(readFileSync(join(prepared, manifestFile), 'utf8')) as Manifest
    mkdirSync(target, { recursive: true, mode: 0o700 })
    for (const directory of manifest.directories) mkdirSync(join(target, directory), { mode: 0o700 })
    for (const [path, bytes] of manifest.files) {
      copyFileSync(join(prepared, 'data', path), join(target, path), constants.COPYFILE_FICLONE)
      if (statSync(join(target, path)).size !== bytes) return false
    }
    return true
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
}

async function prepare(prepared: string, initialise: (directory: string) => Promise<void>): Promise<void> {
  const draft = `${prepared}.${randomUUID()}`
  mkdirSync(draft, { mode: 0o700 })
  try {
    await initialise(join(draft, 'data'))
    writeFileSync(join(draft, manifestFile), JSON.stringify(listTree(join(draft, 'data'))))
    replaceDirectory(draft, prepared)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Puts `draft` in the place of what is there, which is incomplete or of another process that was faster. */
function replaceDirectory(draft: string, path: string): void {
  const old = `${draft}.old`
  try {
    renameSync(path, old)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
  try {
    renameSync(draft, path)
  } catch (error) {
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error
  }
  rmSync(old, { recursive: true, force: true })
}

function listTree(root: string): Manifest {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) => ({
    entry,
    path: join(entry.parentPath, entry.name).slice(root.length + 1),
  }))
  return {
    directories: entries
      .filter(({ entry }) => entry.isDirectory())
      .map(({ path }) => path)
      .sort(),
    files: entries
      .filter(({ entry }) => entry.isFile())
      .map(({ path }) => [path, statSync(join(root, path)).size] as const),
  }
}

function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
