import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { makeDirectory } from '../db/make-directory.ts'
import type { EncryptionKey } from './encryption-key.ts'

/**
 * The key of an embedded database that was given none: kept beside its directory, in `<directory>.key`, readable by its
 * owner alone. Whoever copies the directory copies the file as well, or connects anew.
 */
export async function keyBeside(directory: string): Promise<EncryptionKey> {
  const id = 'key-file'
  if (directory === 'memory') return { id, key: randomBytes(32).toString('base64') }
  const path = `${resolve(directory)}.key`
  await makeDirectory(dirname(path))
  try {
    await writeFile(path, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return { id, key: (await readFile(path, 'utf8')).trim() }
}
