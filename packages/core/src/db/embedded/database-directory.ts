import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { OpsError } from '../../errors/ops-error.ts'
import { makeDirectory } from '../make-directory.ts'
import { makeOwnDirectory, ownTemporary } from '../own-directory.ts'
import { type DirectoryLock, lockDirectory, lockFileName } from './directory-lock.ts'
import { draftSuffix } from './prepared-data.ts'

/** A directory that this process holds. */
export interface DatabaseDirectory {
  /** PGlite's own directory inside it. */
  readonly dataDirectory: string
  release(): Promise<void>
}

/** Prepared data made by another version is not used. */
const pgliteVersion = '0.5.16'

const dataName = 'data'

const temporaryName = 'embedded'

/** Uploads may lie beside the data. */
export const filesName = 'files'

/** Files that people and file systems leave everywhere. */
const harmless: ReadonlySet<string> = new Set(['.DS_Store', '.gitignore', '.gitkeep', 'lost+found'])

/**
 * Takes hold of the directory of a database, made if need be; `'memory'` stands for a temporary one that is removed at
 * the end.
 *
 * @throws OpsError `EMBEDDED_LOCKED` when it is in use, `INVALID_INPUT` when it holds something else.
 */
export async function holdDirectory(directory: string): Promise<DatabaseDirectory> {
  if (directory === 'memory') return holdTemporary()
  const path = resolve(directory)
  await makeDatabaseDirectory(path)
  await refuseForeignFiles(path)
  const lock = await lockDirectory(path)
  return { dataDirectory: join(path, dataName), release: () => lock.release() }
}

/** Where initialised data is kept, for this user and version of PGlite. */
export function preparedDirectory(): string {
  return join(ownTemporary(temporaryName), `prepared-${pgliteVersion}`)
}

async function makeDatabaseDirectory(path: string): Promise<void> {
  try {
    await makeDirectory(path, 0o700)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new OpsError(
      'INVALID_INPUT',
      `${path} cannot hold the embedded database (${code}). Give it a directory that can be written to.`,
      { cause: error, path: ['database'] },
    )
  }
}

async function refuseForeignFiles(path: string): Promise<void> {
  const names = await readdir(path)
  const own: readonly string[] = [dataName, dataName + draftSuffix, filesName]
  const foreign = names.find((name) => !own.includes(name) && !name.startsWith(lockFileName) && !harmless.has(name))
  if (foreign === undefined) return
  throw new OpsError(
    'INVALID_INPUT',
    `${path} cannot hold the embedded database: it contains "${foreign}". Give it a directory of its own.`,
  )
}

async function holdTemporary(): Promise<DatabaseDirectory> {
  const root = ownTemporary(temporaryName)
  await makeOwnDirectory(root)
  await removeAbandoned(root)
  const path = await mkdtemp(join(root, 'memory-'))
  const lock = await lockDirectory(path)
  return {
    dataDirectory: join(path, dataName),
    async release() {
      await lock.release()
      await rm(path, { recursive: true, force: true })
    },
  }
}

/** Removes what killed processes left behind. */
async function removeAbandoned(root: string): Promise<void> {
  const names = await readdir(root)
  const removals = names
    .filter((name) => name.startsWith('memory-'))
    .map(async (name) => {
      const path = join(root, name)
      const entries = await readdir(path).catch((): string[] => [])
      // One without a lock may be about to be locked.
      if (!entries.includes(lockFileName)) return
      const lock = await lockDirectory(path).catch((): DirectoryLock | undefined => undefined)
      if (lock === undefined) return
      await rm(path, { recursive: true, force: true })
      await lock.release()
    })
  await Promise.all(removals)
}
