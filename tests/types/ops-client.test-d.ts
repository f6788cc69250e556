import type { OpsRouter } from '@opslayer/server'
import type { TRPCClient } from '@trpc/client'
import { test } from 'vitest'
import type { OpsClient } from '../../packages/react/src/data/client/ops-client.ts'

test("a host's client of the router is what the front end asks for", () => {
  const client = {} as TRPCClient<OpsRouter>
  client satisfies OpsClient
})
