import { type OpsClient, OpsProvider, OpsTable, type Role, TablesHome } from '@opslayer/react'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { useState } from 'react'
import { ownHost } from './own-host.tsx'
import { directionOf, type SceneProps } from './scene-props.ts'

const uploads = { url: '/ops' }

function makeClient(headers: Readonly<Record<string, string>> = {}): OpsClient {
  // Untyped here: the router's type would bring the server's sources, which know no browser, into this page's check.
  return createTRPCClient({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url: '/ops/rpc' }),
        false: httpBatchLink({ url: '/ops/rpc', headers }),
      }),
    ],
  }) as unknown as OpsClient
}

/** A table of the real server behind the page. */
export function Server({ query }: SceneProps) {
  const [client] = useState(() => makeClient())
  return (
    <OpsProvider client={client}>
      <OpsTable tableId={query.get('table') ?? ''} />
    </OpsProvider>
  )
}

/** A table of the real server with everything around it. `role`, `row`, `home` and `direction` change it. */
export function Table({ query }: SceneProps) {
  const role = (query.get('role') ?? 'admin') as Role
  const [client] = useState(() =>
    makeClient({ 'x-role': query.get('sent-role') ?? role, 'x-user': query.get('user') ?? 'ada' }),
  )
  return (
    <OpsProvider client={client} role={role} uploads={uploads} {...(query.get('host') === 'own' && ownHost)}>
      <OpsTable tableId={query.get('table') ?? ''} {...directionOf(query)} />
    </OpsProvider>
  )
}

/** The tables of the workspace; one that is chosen opens. */
export function Home({ query }: SceneProps) {
  const role = (query.get('role') ?? 'admin') as Role
  const [client] = useState(() => makeClient({ 'x-role': role }))
  const [tableId, setTableId] = useState<string | null>(null)
  return (
    <OpsProvider client={client} role={role}>
      {tableId === null ? <TablesHome onOpen={setTableId} /> : <OpsTable tableId={tableId} />}
    </OpsProvider>
  )
}
