import type { SentCall } from '../connections/sent-calls.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import type { PluginFetch } from '../plugin/plugin-context.ts'
import type { RateLimit } from '../plugin/rate-limit.ts'
import { createCallLog } from './call-log.ts'
import { type LayerOptions, layerOutgoing } from './layer-outgoing.ts'
import type { HeadersOf } from './plugin-headers.ts'
import { createRateLimits } from './rate-limit.ts'
import { storedLimits } from './stored-limits.ts'

/** Who calls, and in whose name. */
export interface FetchTarget {
  readonly orgId: string
  readonly pluginId: string
  /** Null where the plugin is used without a connection. */
  readonly connectionId: string | null
  readonly runId?: string | null
  /** What paths continue. */
  readonly baseUrl?: string | undefined
  /** Whether a user gave the base URL, so that it may lead anywhere. @default false */
  readonly isUsersUrl?: boolean
  /** Headers for calls below the base URL. @default none */
  readonly headersOf?: HeadersOf
  readonly rateLimits: readonly RateLimit[]
  /** What must not be seen in the API log: the values of the credentials. */
  readonly secrets: readonly string[]
  /** Ends all calls. */
  readonly signal: AbortSignal
  /** When that ends, by `performance.now()`. @default nobody knows */
  readonly endsAt?: number | undefined
  /** Called with each request that goes out. @default nobody */
  readonly onCall?: ((call: SentCall) => void) | undefined
  /** Calls of higher priority go first in this process. @default 0 */
  readonly priority?: number
}

/** The way out of a process for all plugins. */
export interface Outgoing {
  /** The `ctx.fetch` of a plugin. Costs nothing to make. */
  fetchFor(target: FetchTarget): PluginFetch
  /** Writes now what the API log has still to write of an org. */
  logged(orgId: string): Promise<void>
  /** Writes what is left of the API log, and closes connections. */
  close(): Promise<void>
}

export interface OutgoingOptions extends Omit<LayerOptions, 'rateLimits' | 'log'> {
  readonly databaseOf: (orgId: string) => Promise<OpenDatabase>
}

/** A way out whose limits all processes share, and whose calls are logged, in the orgs' databases. */
export function createOutgoing({ databaseOf, ...options }: OutgoingOptions): Outgoing {
  const { now } = options
  return layerOutgoing({
    ...options,
    rateLimits: createRateLimits(storedLimits(databaseOf), now),
    log: createCallLog({ databaseOf, now }),
  })
}
