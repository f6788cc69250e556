import { createReadStream } from 'node:fs'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { filesName } from '../db/embedded/database-directory.ts'
import { makeDirectory } from '../db/make-directory.ts'
import { makeOwnDirectory, ownTemporary } from '../db/own-directory.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { hourly } from '../store/maintenance/hourly.ts'
import type { FileStore } from './file-store.ts'
import { byteChunks, chunkBytes } from './read/byte-chunks.ts'

/** Uploads that nobody has imported to the end after this time go with one that comes. */
const keptDays = 30

/** Files of a host that says nothing of them: beside the data of an embedded database, else in the temporary directory. */
export function defaultFiles(database: unknown): FileStore {
  const isEmbedded = typeof database === 'object' && database !== null && 'kind' in database && 'directory' in database
  if (isEmbedded && typeof database.directory === 'string' && database.directory !== 'memory')
    return localFiles(join(resolve(database.directory), filesName))
  return localFiles(ownTemporary('files'), makeOwnDirectory)
}

const namePattern = /^[a-z0-9_]{1,100}$/

/** Files in a directory of this machine, made when it is first needed. */
export function localFiles(
  directory: string,
  make: (path: string) => Promise<void> = (path) => makeDirectory(path, 0o700),
): FileStore {
  const isDue = hourly()
  const pathOf = (name: string): string => {
    if (!namePattern.test(name)) throw new OpsError('INTERNAL', 'A file of the store has a name that it cannot have.')
    return join(directory, name)
  }
  const store: FileStore = {
    write: async (name, content) => {
      const path = pathOf(name)
      const draft = `${path}.part`
      await make(directory)
      if (isDue(store)) await removeForgotten(directory)
      try {
        const size = await writeWhole(draft, content)
        await rename(draft, path)
        return size
      } catch (error) {
        await rm(draft, { force: true })
        throw asOpsError(error, directory)
      }
    },
    read: async (name, { from }) => {
      const path = pathOf(name)
      const found = await stat(path).catch(() => undefined)
      if (found === undefined) {
        throw new OpsError('NOT_FOUND', say('The upload is no longer there: it was on another machine, or is too old.'))
      }
      return createReadStream(path, { start: from, highWaterMark: chunkBytes })
    },
    delete: (name) => rm(pathOf(name), { force: true }),
    list: async function* () {
      for (const name of await readdir(directory).catch(() => [])) {
        const found = await stat(join(directory, name)).catch(() => undefined)
        if (found?.isFile() === true && namePattern.test(name)) yield { name, writtenAt: found.mtime }
      }
    },
  }
  return store
}

async function writeWhole(path: string, content: Parameters<FileStore['write']>[1]): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  try {
    let size = 0
    for await (const chunk of byteChunks(content)) {
      await file.appendFile(chunk)
      size += chunk.length
    }
    await file.sync()
    return size
  } finally {
    await file.close()
  }
}

async function removeForgotten(directory: string): Promise<void> {
  const before = Date.now() - keptDays * 86_400_000
  for (const name of await readdir(directory)) {
    const path = join(directory, name)
    const found = await stat(path).catch(() => undefined)
    if (found?.isFile() === true && found.mtimeMs < before) await rm(path, { force: true })
  }
}

function asOpsError(error: unknown, directory: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new OpsError(
      'STORAGE_FULL',
      `There is no room left for the upload in ${directory}. Free some and try again.`,
      {
        cause: error,
      },
    )
  }
  return error
}
