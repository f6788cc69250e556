import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isRunning, processIdentity } from './process-identity.ts'

/** Name of the data directory inside a server's owned directory. */
export const dataFolder = 'data'

/** What PostgreSQL writes to postmaster.pid. `ready` once connections are accepted. */
export interface Postmaster {
  readonly pid: number
  readonly ready: boolean
}

/** Reads the lock file of a data directory. Undefined when there is none. */
export function readPostmaster(data: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number.parseInt(lines[0] ?? '', 10)
    return Number.isNaN(pid) ? undefined : { pid, ready: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}

/**
 * Ends the server of a data directory that is about to be deleted, and waits until it is gone. Does nothing where none runs.
 * The immediate shutdown is enough: nobody will recover this data.
 */
export async function stopPostmaster(data: string): Promise<void> {
  const identity = signalPostmaster(data, 'SIGQUIT')
  if (identity === undefined) return
  if (await isGone(identity, 10_000)) return
  signalPostmaster(data, 'SIGKILL')
  if (!(await isGone(identity, 10_000))) throw new Error(`The PostgreSQL server of ${data} does not stop`)
}

/** Kills a server and all its processes as a crash would, and takes the lock away that it leaves behind. */
export async function killPostmaster(data: string): Promise<void> {
  const pid = readPostmaster(data)?.pid
  const children = pid === undefined ? [] : childrenOf(pid)
  const identity = signalPostmaster(data, 'SIGKILL')
  if (identity === undefined) return
  const identities = children.flatMap((child) => processIdentity(child) ?? [])
  for (const child of children) killIfThere(child)
  for (const each of [identity, ...identities]) {
    if (!(await isGone(each, 10_000))) throw new Error(`A process of the PostgreSQL server of ${data} does not end`)
  }
  rmSync(join(data, 'postmaster.pid'), { force: true })
}

function childrenOf(pid: number): number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  return listed.split('\n').flatMap((line) => {
    const [child = 0, parent] = line.trim().split(/\s+/).map(Number)
    return parent === pid ? [child] : []
  })
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Its server is gone, and so is it.
  }
}

/** Sends a signal to the server of a data directory, without waiting. Returns the identity of the process that got it. */
export function signalPostmaster(data: string, signal: 'SIGQUIT' | 'SIGKILL'): string | undefined {
  const pid = readPostmaster(data)?.pid
  const identity = pid === undefined ? undefined : processIdentity(pid)
  if (pid === undefined || identity === undefined || !serves(pid, data)) return undefined
  process.kill(pid, signal)
  return identity
}

/** A lock file outlives a crash, and its process id may by now belong to a stranger. */
function serves(pid: number, data: string): boolean {
  try {
    const directory = realpathSync(data)
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === directory
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(data)
  } catch {
    return false
  }
}

async function isGone(identity: string, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (isRunning(identity)) {
    if (Date.now() > deadline) return false
    await delay(10)
  }
  return true
}
