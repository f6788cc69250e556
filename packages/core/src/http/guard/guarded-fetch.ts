import { lookup } from 'node:dns/promises'
import { Agent, fetch as undiciFetch } from 'undici'
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
  // Deadlines are set by the layers around it.
  const timeouts = { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 4_000 }
  const agent = new Agent({ ...timeouts, connect: { lookup: guardedLookup(resolve), timeout: connectMs } })
  return {
    fetch: async (url, init) => {
      checkUrl(url)
      // Its types and Node's name the same classes apart.
      const answer = await undiciFetch(url, { ...init, dispatcher: agent } as Parameters<typeof undiciFetch>[1])
      return answer as unknown as Response
    },
    close: () => agent.destroy(),
  }
}
