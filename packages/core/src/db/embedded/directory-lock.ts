import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { OpsError } from '../../errors/ops-error.ts'

/** A held lock on a directory. */
export interface DirectoryLock {
  release(): Promise<void>
}

interface Holder {
  /** One per lock taken. */
  readonly id: string
  readonly pid: number
  /** When the process began, so that its number given to another process is not mistaken for it. */
  readonly processStart: string
  /** Machine, boot and container: process numbers mean nothing elsewhere. */
  readonly place: string
}

/** The lock file's name in the locked directory. */
export const lockFileName = 'opslayer.lock'

/** How often a holder touches its lock, for those who cannot see its process. */
const heartbeatMs = 5_000

/** Without a touch for this long, a holder elsewhere is taken for dead. */
const heartbeatLostMs = 30_000

/**
 * Takes the lock of an embedded database's directory. A lock whose process is dead is taken over.
 *
 * @throws OpsError `EMBEDDED_LOCKED` when a living process holds it.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const path = join(directory, lockFileName)
  const self: Holder = {
    id: randomUUID(),
    pid: process.pid,
    processStart: processStart(process.pid) ?? unknownStart,
    place: place(),
  }
  const draft = `${path}.${self.id}`
  await writeFile(draft, JSON.stringify(self))
  try {
    await take(path, draft)
  } finally {
    await rm(draft, { force: true })
  }
  const heartbeat = setInterval(() => void touch(path), heartbeatMs).unref()
  return {
    async release() {
      clearInterval(heartbeat)
      if ((await readHolder(path))?.id === self.id) await rm(path, { force: true })
    },
  }
}

/**
 * Hard-links are made atomically and with their content. A dead holder's lock is replaced only by the one who holds
 * the claim named after it, and only while it is still the one found dead: so of several who come at once one wins.
 */
async function take(path: string, draft: string): Promise<void> {
  for (;;) {
    if (await linked(draft, path)) return
    const holder = await readHolder(path)
    if (holder === undefined) continue
    if (await isAlive(holder, path)) throw lockedError(path, holder)
    const claim = `${path}.${holder.id}.claim`
    await take(claim, draft)
    if ((await readHolder(path))?.id === holder.id) {
      await rename(claim, path)
      return
    }
    await rm(claim, { force: true })
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new OpsError(
      'EMBEDDED_LOCKED',
      `${path} is not a lock file of opslayer; remove it if no process uses the directory.`,
      {
        cause: error,
      },
    )
  }
}

async function isAlive(holder: Holder, path: string): Promise<boolean> {
  if (holder.place === place()) {
    const start = processStart(holder.pid)
    return start === unknownStart || start === holder.processStart
  }
  const touched = await stat(path).catch(() => undefined)
  return touched !== undefined && Date.now() - touched.mtimeMs < heartbeatLostMs
}

async function touch(path: string): Promise<void> {
  const now = new Date()
  await utimes(path, now, now).catch(() => undefined)
}

/** Stands for the start of a process that runs, where more cannot be told. */
const unknownStart = 'unknown'

/** In clock ticks since boot; undefined when there is no such process. */
function processStart(pid: number): string | undefined {
  if (!isRunning(pid)) return undefined
  try {
    // The second field, the program's name, may hold spaces and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return unknownStart
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function place(): string {
  if (process.platform !== 'linux') return hostname()
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return `${hostname()} ${boot} ${readlinkSync('/proc/self/ns/pid')}`
}

function lockedError(path: string, holder: Holder): OpsError {
  const directory = dirname(path)
  const who = holder.pid === process.pid && holder.place === place() ? 'this process' : 'another process'
  return new OpsError(
    'EMBEDDED_LOCKED',
    `The embedded database in ${directory} is in use by ${who} (pid ${holder.pid}). ` +
      'Close it there first, share the one that is open, or use a PostgreSQL server for several processes.',
  )
}
