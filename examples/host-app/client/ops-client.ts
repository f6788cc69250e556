import type { OpsClient } from '@opslayer/react'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'

/**
 * The app's way to opslayer; who calls follows from the session's cookie.
 *
 * With the published packages this is `createTRPCClient<OpsRouter>(…)`, typed to the last filter. In this workspace packages
 * are their sources, and those of the server cannot be checked among the types of browsers.
 */
export const opsClient = createTRPCClient({
  links: [
    splitLink({
      condition: ({ type }) => type === 'subscription',
      true: httpSubscriptionLink({ url: '/ops/rpc' }),
      false: httpBatchLink({ url: '/ops/rpc', maxItems: 20 }),
    }),
  ],
}) as unknown as OpsClient
