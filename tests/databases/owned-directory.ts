import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dataFolder, stopPostmaster } from './postmaster.ts'
import { isRunning, processIdentity } from './process-identity.ts'

const prefix = 'opslayer-tests-'
const name = /^opslayer-tests-(\d+-\d+)-/

/** Makes a temporary directory whose name says which process it belongs to, so that a later run can tell that nobody needs it. */
export function makeOwnedDirectory(root: string = tmpdir()): string {
  return mkdtempSync(join(root, `${prefix}${processIdentity(process.pid)}-`))
}

/**
 * Removes what killed runs left behind: stops each server whose owner is dead and deletes its directory.
 * What belongs to another user is left alone.
 */
export async function removeOrphans(root: string = tmpdir()): Promise<void> {
  for (const entry of readdirSync(root)) {
    const owner = name.exec(entry)?.[1]
    if (owner === undefined || isRunning(owner)) continue
    const directory = join(root, entry)
    try {
      // A run that has its temporary files in memory has them all in such a directory.
      await removeOrphans(directory)
      await stopPostmaster(join(directory, dataFolder))
      rmSync(directory, { recursive: true, force: true })
    } catch (error) {
      if (!isRefusal(error)) throw error
    }
  }
}

/** Two runs may clean up at once, and another user's directories are not ours to remove. */
function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'EACCES' || code === 'EPERM' || code === 'ENOTEMPTY' || code === 'ENOENT'
}
