import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { EncryptionKey } from '@opslayer/core'

/** The key for credentials in a database on a server, kept in a file. A real app has it from its secret store. */
export async function readKey(path: string): Promise<EncryptionKey> {
  await mkdir(dirname(path), { recursive: true })
  try {
    await writeFile(path, randomBytes(32).toString('base64'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return { id: 'demo', key: await readFile(path, 'utf8') }
}
