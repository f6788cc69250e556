import { createOps, embedded } from '@opslayer/core'
import { reoon } from '@opslayer/plugins/reoon'
import { readKey } from './demo-key.ts'
import type { DemoOptions } from './demo-options.ts'
import { createDemoServer } from './demo-server.ts'
import { listen } from './listen.ts'
import { orgs } from './members.ts'
import { seedWorkspaces } from './seed/seed-workspace.ts'
import { serveClient } from './serve-client.ts'
import { startVendor } from './vendor.ts'

export interface Demo extends AsyncDisposable {
  readonly url: string
  /** Where the data lies, in words. */
  readonly database: string
}

export interface StartOptions extends DemoOptions {
  /** Aborted, a start ends half-way; the next one goes on. */
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
}

/** Opens the database, fills it if it is new, builds the page, and listens. */
export async function startDemo(options: StartOptions): Promise<Demo> {
  const { directory, databaseUrl, scale, isReset, signal, onProgress } = options
  await using stack = new AsyncDisposableStack()
  const vendor = stack.use(await startVendor())
  const ops = stack.use(
    createOps({
      database: databaseUrl ?? embedded(directory),
      plugins: [reoon({ baseUrl: vendor.url })],
      // An embedded database keeps its key beside it.
      ...(databaseUrl !== undefined && { encryptionKeys: [await readKey(`${directory}.server-key`)] }),
    }),
  )
  // Both are waited for, so that what the one has opened is closed when the other fails.
  const [client, prepared] = await Promise.allSettled([serveClient({ isDev: options.isDev }), prepare()])
  if (client.status === 'rejected') throw client.reason
  stack.use(client.value)
  if (prepared.status === 'rejected') throw prepared.reason
  ops.startWorker()
  ops.startMaintenance()

  const server = createDemoServer({ ops, client: client.value })
  const url = await listen(server, options.port, signal)
  stack.defer(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const opened = stack.move()
  return {
    url,
    database: databaseUrl === undefined ? directory : 'DATABASE_URL',
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }

  async function prepare(): Promise<void> {
    await ops.migrate()
    if (isReset) for (const { id } of orgs) await ops.eraseOrg(id)
    await seedWorkspaces(ops, { scale, now: new Date(), onProgress, signal })
  }
}
