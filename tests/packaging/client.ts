import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createOps, embedded } from '@opslayer/core'
import { createFetchHandler, createNodeHandler, type OpsRouter } from '@opslayer/server'
import { createTRPCClient, httpBatchLink, type TRPCClient } from '@trpc/client'

/** What a host does by the READMEs: opslayer behind its server, and the router's type alone in its client. */
export async function embedAndCall(): Promise<unknown> {
  await using ops = createOps({ database: embedded('memory') })
  await ops.migrate()
  const handler = createFetchHandler(ops, {
    context: (request) =>
      request.headers.has('cookie') ? { orgId: 'acme', actor: { type: 'user', id: 'u1', role: 'admin' } } : null,
  })
  const server = createServer(createNodeHandler(handler)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ops/rpc`
  const client = createTRPCClient<OpsRouter>({ links: [httpBatchLink({ url, headers: { cookie: 'session=1' } })] })
  const leads = await client.tables.create.mutate({ name: 'Leads', columns: [{ name: 'Email', type: 'email' }] })
  await client.rows.insert.mutate({ tableId: leads.id, rows: [{ cells: { email: 'ada@example.com' } }] })
  const { rows } = await client.rows.page.query({ tableId: leads.id, sort: [{ column: 'email' }] })
  server.closeAllConnections()
  server.close()
  return rows.map(({ cells }) => cells.email)
}

/** What has a default may be left out by callers too. */
export function addVerdict(client: TRPCClient<OpsRouter>, tableId: string): Promise<unknown> {
  const fill = { plugin: 'reoon', part: 'verification', inputs: { email: { column: 'email' } } }
  return client.columns.create.mutate({ tableId, column: { name: 'Verdict', fill } })
}
