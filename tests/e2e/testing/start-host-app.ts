import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { workspaceRoot } from '../../rooms/workspace-packages.ts'

export interface HostApp extends AsyncDisposable {
  readonly url: string
  /** What it printed before its address. */
  readonly printed: readonly string[]
  /** Ends it as Ctrl+C does, and gives its exit code. */
  stop(): Promise<number | null>
}

export interface HostAppOptions {
  /** Where its database lies. */
  readonly directory: string
  /** @default 0, any */
  readonly port?: number
  /** Share of the full workspace. @default 0.02, about 1,000 rows */
  readonly scale?: number
}

/** Starts the demo by its own command, in a process of its own. */
export async function startHostApp({ directory, port = 0, scale = 0.02 }: HostAppOptions): Promise<HostApp> {
  const script = join(workspaceRoot, 'examples/host-app/server/main.ts')
  // Test runners set NODE_ENV, for which Vite would take React's development build.
  const env = { ...process.env, DATABASE_URL: undefined, NODE_ENV: undefined }
  const app = spawn(
    process.execPath,
    ['--conditions=@opslayer/source', script, '--directory', directory, '--port', `${port}`, '--scale', `${scale}`],
    { cwd: workspaceRoot, env, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise<number | null>((resolve) => app.once('exit', resolve))
  const printed: string[] = []
  let url: string | undefined
  for await (const line of createInterface({ input: app.stdout })) {
    url = /is at (http:\S+)/.exec(line)?.[1]
    if (url !== undefined) break
    printed.push(line)
  }
  app.stdout.resume()
  if (url === undefined) throw new Error(`The demo ended with ${await ended}: ${printed.join('\n')}`)
  async function stop(): Promise<number | null> {
    app.kill('SIGINT')
    return await ended
  }
  return {
    url,
    printed,
    stop,
    async [Symbol.asyncDispose]() {
      await stop()
    },
  }
}

/** Starts the demo with a database that goes with it. */
export async function startFreshHostApp(scale?: number): Promise<HostApp> {
  const directory = await mkdtemp(join(tmpdir(), 'opslayer-host-app-'))
  const app = await startHostApp({ directory: join(directory, 'database'), ...(scale !== undefined && { scale }) })
  return {
    ...app,
    async [Symbol.asyncDispose]() {
      await app.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
