import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import { makeOwnedDirectory, removeOrphans } from './owned-directory.ts'
import { postgresBinaries, reachableBinaries, type ServerVersion } from './postgres-binaries.ts'
import { dataFolder, killPostmaster, readPostmaster, stopPostmaster } from './postmaster.ts'
import { type ServerUser, serverUser } from './server-user.ts'
import { stopAtExit } from './stop-at-exit.ts'
import { readServerVersion } from './with-client.ts'

/** Which PostgreSQL to start and how. */
export interface ServerOptions {
  readonly version: ServerVersion
  /**
   * For measurements: PostgreSQL's default settings, fsync included, with 512 MB of shared buffers.
   * Otherwise nothing is flushed to disk. @default false
   */
  readonly durable?: boolean
  /** Settings of postgresql.conf that win over both of these sets. */
  readonly settings?: Readonly<Record<string, string>>
  /** Leave the server running when this process ends; the next run removes it. @default false */
  readonly keep?: boolean
}

/** A PostgreSQL server that accepts connections. */
export interface Server extends AsyncDisposable {
  /** Connection string of a superuser to the database `postgres`. */
  readonly url: string
  /** Major version, as the server reports it. */
  readonly version: number
  /**
   * Kills all its processes by SIGKILL and starts it again, on the same data and port: what clients hold is cut off, what was
   * committed stays (with `durable`).
   *
   * @throws for the server in `DATABASE_URL`
   */
  crash(): Promise<void>
  /** Ends the server and deletes its data; safe to call twice. */
  stop(): Promise<void>
}

const forTests = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
}
const forBenches = { shared_buffers: '512MB' }

const run = promisify(execFile)

/**
 * Starts a throw-away PostgreSQL on a free loopback port, and first removes servers that killed runs left behind.
 * Default ordering is that of ICU's en-US, as on most hosts: a query that forgot its `collate "C"` shows.
 *
 * In place of version 18 it hands out the server in `DATABASE_URL`, if that is set; that one is never stopped, and `durable`
 * and `settings` do not apply to it.
 *
 * @throws when this machine has no such version, or the server does not start; the message ends with its log
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const given = process.env.DATABASE_URL
  if (options.version === 18 && given) return borrowedServer(given)

  const found = postgresBinaries(options.version)
  if (found === undefined) throw new Error(`This machine has no PostgreSQL ${options.version}`)
  await removeOrphans()

  const user = serverUser()
  const directory = makeOwnedDirectory()
  if (user !== undefined) chownSync(directory, user.uid, user.gid)
  const data = join(directory, dataFolder)
  const stop = async (): Promise<void> => {
    forget?.()
    await stopPostmaster(data)
    rmSync(directory, { recursive: true, force: true })
  }
  const forget = options.keep === true ? undefined : stopAtExit({ data, directory })

  try {
    const binaries = reachableBinaries(found, user, directory)
    const password = randomBytes(12).toString('hex')
    await initialise(binaries, data, password, user)
    const port = await listen(binaries, data, settingsOf(options), user)
    const crash = async (): Promise<void> => {
      await killPostmaster(data)
      await listen(binaries, data, settingsOf(options), user, port)
    }
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
    return { url, version: await readServerVersion(url), crash, stop, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function borrowedServer(url: string): Promise<Server> {
  const stop = async (): Promise<void> => {}
  const crash = async (): Promise<never> => {
    throw new Error('The server in DATABASE_URL is not ours to kill.')
  }
  return { url, version: await readServerVersion(url), crash, stop, [Symbol.asyncDispose]: stop }
}

function settingsOf(options: ServerOptions): Readonly<Record<string, string>> {
  const always = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC' }
  return { ...always, ...(options.durable === true ? forBenches : forTests), ...options.settings }
}

async function initialise(binaries: string, data: string, password: string, user: ServerUser | undefined) {
  const passwordFile = `${data}.password`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user !== undefined) chownSync(passwordFile, user.uid, user.gid)
  const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  await run(
    join(binaries, 'initdb'),
    [
      `--pgdata=${data}`,
      `--pwfile=${passwordFile}`,
      '--username=postgres',
      '--auth=password',
      '--no-sync',
      '--encoding=UTF8',
      `--locale=${locale}`,
      '--locale-provider=icu',
      '--icu-locale=en-US',
    ],
    { ...user, cwd: '/', env: environment() },
  )
  rmSync(passwordFile)
}

async function listen(
  binaries: string,
  data: string,
  settings: Readonly<Record<string, string>>,
  user: ServerUser | undefined,
  fixedPort?: number,
): Promise<number> {
  const log = `${data}.log`
  for (let attempt = 1; ; attempt++) {
    const port = fixedPort ?? (await freePort())
    const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ])
    const output = openSync(log, 'w')
    const child = spawn(join(binaries, 'postgres'), ['-D', data, ...flags], {
      ...user,
      cwd: '/',
      env: environment(),
      stdio: ['ignore', output, output],
    })
    closeSync(output)
    child.unref()
    const failed = Promise.withResolvers<'failed'>()
    child.once('error', () => failed.resolve('failed'))
    child.once('exit', () => failed.resolve('failed'))
    const waiting = new AbortController()
    const outcome = await Promise.race([failed.promise, isReady(data, waiting.signal)])
    waiting.abort()
    if (outcome === 'ready') return port
    // A port can be lost to another process between asking for it and binding it.
    if (attempt === 3) throw new Error(`PostgreSQL did not start:\n${readFileSync(log, 'utf8')}`)
    await stopPostmaster(data)
  }
}

async function isReady(data: string, signal: AbortSignal): Promise<'ready' | 'failed'> {
  const deadline = Date.now() + 60_000
  while (!signal.aborted && Date.now() < deadline) {
    if (readPostmaster(data)?.ready === true) return 'ready'
    await delay(10)
  }
  return 'failed'
}

/** The caller's PG… and LC_… variables must not reach the server. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, TZ: 'UTC' }
}
