import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Ops } from '@opslayer/core'
import { createFetchHandler, createNodeHandler } from '@opslayer/server'
import { createApi } from './api.ts'
import { contentPolicy } from './content-policy.ts'
import type { Client } from './serve-client.ts'
import { createSessions } from './sessions.ts'

export interface DemoServerOptions {
  readonly ops: Ops
  readonly client: Client
}

/** The app's server: opslayer below `/ops`, the app's own API below `/api`, the page everywhere else. */
export function createDemoServer({ ops, client }: DemoServerOptions): Server {
  const sessions = createSessions()
  const opslayer = createNodeHandler(createFetchHandler(ops, { context: sessions.identityOf }))
  const api = createApi(ops, sessions)

  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    if (path.startsWith('/ops/')) return await opslayer(request, response)
    if (path.startsWith('/api/')) return await api(path, request, response)
    for (const [name, value] of Object.entries(contentPolicy(client.isDev))) response.setHeader(name, value)
    client.serve(request, response)
  })
  // Longer than browsers and proxies keep an idle connection: no call meets one that is just being closed.
  server.keepAliveTimeout = 65_000
  return server
}
