import { createOps, embedded } from '@opslayer/core'
import { createFetchHandler, type OpsRouter } from '@opslayer/server'
import { createTRPCClient, httpBatchLink } from '@trpc/client'

/** What a host does by the READMEs: opslayer on its server, the router's type alone in its client. */
export async function embedAndCall(): Promise<unknown> {
  await using ops = createOps({ database: embedded('memory') })
  await ops.migrate()
  const handler = createFetchHandler(ops, {
    context: () => ({ orgId: 'acme', actor: { type: 'user', id: 'u1', role: 'admin' } }),
  })
  const client = createTRPCClient<OpsRouter>({
    links: [
      httpBatchLink({
        url: 'http://app.example/ops/rpc',
        fetch: (url, options) => handler(new Request(url, options as RequestInit)),
      }),
    ],
  })
  const leads = await client.tables.create.mutate({ name: 'Leads', columns: [{ name: 'Email', type: 'email' }] })
  await client.rows.insert.mutate({ tableId: leads.id, rows: [{ cells: { email: 'ada@example.com' } }] })
  const { rows } = await client.rows.page.query({ tableId: leads.id, sort: [{ column: 'email' }] })
  return rows.map(({ cells }) => cells.email)
}
