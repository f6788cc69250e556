'use client'

import { OpsProvider, OpsTable } from '@opslayer/react'
import type { OpsRouter } from '@opslayer/server'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { useState } from 'react'

/** What the user may do, from your session: parts that are not allowed are not offered. */
const role = 'admin'

/** A table of opslayer on a page of Next.js; rendered on the server as an empty place, filled in the browser. */
export function Leads({ tableId }: { readonly tableId: string }) {
  const [client] = useState(() =>
    createTRPCClient<OpsRouter>({
      links: [
        splitLink({
          condition: ({ type }) => type === 'subscription',
          true: httpSubscriptionLink({ url: '/ops/rpc' }),
          false: httpBatchLink({ url: '/ops/rpc' }),
        }),
      ],
    }),
  )
  return (
    <OpsProvider client={client} uploads={{ url: '/ops' }} role={role}>
      <OpsTable tableId={tableId} />
    </OpsProvider>
  )
}
