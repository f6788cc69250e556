import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Ops } from '@opslayer/core'
import {
  createFetchHandler,
  createNodeHandler,
  type FetchHandlerOptions,
  type Identity,
  type OpsRouter,
} from '@opslayer/server'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { EventSource } from 'eventsource'

/** A signed-in user, as the test's host tells it by a header. */
export interface Member {
  readonly orgId: string
  readonly id: string
  readonly role?: string | undefined
}

export type OpsClient = ReturnType<typeof createTRPCClient<OpsRouter>>

export interface ServedOps extends AsyncDisposable {
  /** `http://127.0.0.1:…/ops` */
  readonly url: string
  clientOf(member: Member): OpsClient
}

/** The header by which the test's host knows who calls. */
export function memberHeader(member: Member): Record<string, string> {
  return { 'x-test-member': JSON.stringify(member) }
}

export function identityOf(request: Request): Identity | null {
  const header = request.headers.get('x-test-member')
  if (header === null) return null
  const { orgId, id, role }: Member = JSON.parse(header)
  return { orgId, actor: { type: 'user', id, ...(role !== undefined && { role }) } }
}

/** opslayer behind a real HTTP server. */
export async function serveOps(
  ops: Ops,
  options: Partial<FetchHandlerOptions> = {},
  port: number = 0,
): Promise<ServedOps> {
  const handler = createFetchHandler(ops, { context: identityOf, ...options })
  const server = createServer(createNodeHandler(handler))
  // By default Node ends a connection that was idle for 5 s, at times just as its client sends the next call.
  server.keepAliveTimeout = 65_000
  server.listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ops`
  return {
    url,
    clientOf: (member) => clientOf(url, member),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The real client, typed by the router alone. */
export function clientOf(url: string, member: Member): OpsClient {
  const headers = memberHeader(member)
  return createTRPCClient<OpsRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({
          url: `${url}/rpc`,
          EventSource,
          eventSourceOptions: {
            fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
          },
        }),
        false: httpBatchLink({ url: `${url}/rpc`, headers, maxItems: 50 }),
      }),
    ],
  })
}
