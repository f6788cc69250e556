import type { CredentialHeaders } from '../plugin/credential-method.ts'
import type { PluginFetch, PluginLogger } from '../plugin/plugin-context.ts'
import type { PluginManifest } from '../plugin/plugin-manifest.ts'
import type { PluginRegistry } from '../plugin/plugin-registry.ts'
import type { RateLimit } from '../plugin/rate-limit.ts'
import type { Vault } from '../secrets/vault.ts'
import type { FreshConnection } from './oauth/fresh-connection.ts'
import type { SentCall } from './sent-calls.ts'

/** In whose name a plugin calls out. */
export interface CallingParty {
  readonly orgId: string
  readonly pluginId: string
  /** Null while there is no connection yet. */
  readonly connectionId: string | null
  readonly runId?: string | null
  readonly baseUrl?: string | undefined
  readonly isUsersUrl?: boolean
  readonly headersOf?: (request: Parameters<CredentialHeaders<unknown>>[1]) => ReturnType<CredentialHeaders<unknown>>
  readonly rateLimits: readonly RateLimit[]
  readonly secrets: readonly string[]
  readonly signal: AbortSignal
  /** When that ends, by `performance.now()`. */
  readonly endsAt?: number | undefined
  /** Called with each request that goes out. @default nobody */
  readonly onCall?: ((call: SentCall) => void) | undefined
}

/** What connections work with, handed in by `createOps`. */
export interface ConnectionEnv {
  readonly plugins: PluginRegistry
  readonly vault: Vault
  readonly fetchFor: (party: CallingParty) => PluginFetch
  /** Waits until the API log has all requests of an org that are over. */
  readonly logged: (orgId: string) => Promise<void>
  readonly logger: PluginLogger
  readonly now: () => Date
  /** The host's public address of a path below its handler; undefined if the vendor cannot reach the host. */
  readonly publicUrl: ((path: string) => string) | undefined
  /** Refreshes under way in this process, by org and connection. */
  readonly refreshes: Map<string, Promise<void>>
  /** Connections being read in this process, by org and connection. */
  readonly reads: Map<string, Promise<FreshConnection>>
  /** What plugins have, by id, as far as it was asked for. */
  readonly manifests: Map<string, PluginManifest>
}
