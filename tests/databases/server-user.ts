import { readFileSync } from 'node:fs'

/** The system user that a server runs as. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root, so root starts it as `postgres` or, where there is no such user, as `nobody`.
 * Undefined for everybody else: the server then runs as the caller.
 */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const found = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  if (found === undefined) throw new Error('PostgreSQL does not run as root: add a user named postgres or nobody')
  return { uid: Number(found[2]), gid: Number(found[3]) }
}
