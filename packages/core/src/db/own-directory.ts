import { lstatSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { OpsError } from '../errors/ops-error.ts'
import { makeDirectory } from './make-directory.ts'

/** A place of this user's in the file system's temporary directory, which is everybody's. */
export function ownTemporary(name: string): string {
  return join(tmpdir(), `opslayer-${name}-${userInfo().uid}`)
}

/** Whether a directory is this user's, and closed to all others: who else made it may read and change what lies in it. */
export function isOwnDirectory(path: string): boolean {
  const found = lstatSync(path)
  // On Windows temporary directories are their users' own.
  const uid = process.geteuid?.() ?? found.uid
  const isOpen = process.platform !== 'win32' && (found.mode & 0o077) !== 0
  return found.isDirectory() && found.uid === uid && !isOpen
}

/**
 * Makes a directory for this user alone, unless it is there.
 *
 * @throws OpsError `INVALID_INPUT` for one that is another user's, or open to others
 */
export async function makeOwnDirectory(path: string): Promise<void> {
  await makeDirectory(path, 0o700)
  if (isOwnDirectory(path)) return
  throw new OpsError(
    'INVALID_INPUT',
    `${path} is not yours alone: others could read and change what lies in it. Remove it, or set TMPDIR to a directory of your own.`,
  )
}
