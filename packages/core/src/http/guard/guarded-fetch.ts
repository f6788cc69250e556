import { lookup } from 'node:dns/promises'
import type { NetworkFetch } from '../network.ts'
import { checkUrl } from './check-url.ts'
import { guardedLookup, type Resolve } from './guarded-lookup.ts'

/** A fetch for addresses that users give. Follows no redirect by itself: each hop is a call of its own, checked again. */
export interface GuardedFetch {
  readonly fetch: NetworkFetch
  close(): Promise<void>
}

const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true })

const connectMs = 10_000

/** @throws OpsError `URL_REFUSED`, from the fetch */
export function createGuardedFetch(resolve: Resolve = systemResolve): GuardedFetch {
  // Opened by the first call: most processes make none, and to load undici takes about a tenth of a second.
  let network: ReturnType<typeof openNetwork> | undefined
  return {
    fetch: async (url, init) => {
      checkUrl(url)
      network ??= openNetwork(resolve)
      const { fetch, agent } = await network
      // Its types and Node's name the same classes apart.
      const answer = await fetch(url, { ...init, dispatcher: agent } as Parameters<typeof fetch>[1])
      return answer as unknown as Response
    },
    close: async () => (await network)?.agent.destroy(),
  }
}

async function openNetwork(resolve: Resolve) {
  const { Agent, fetch } = await import('undici')
  // Deadlines are set by the layers around it.
  const timeouts = { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 4_000 }
  return { fetch, agent: new Agent({ ...timeouts, connect: { lookup: guardedLookup(resolve), timeout: connectMs } }) }
}
