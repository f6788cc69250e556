import type { AnyPlugin } from '../plugin/plugin.ts'
import type { PluginContext } from '../plugin/plugin-context.ts'
import { blankLogger } from './blank-logger.ts'
import type { ConnectionEnv } from './connection-env.ts'
import type { UsableCredentials } from './credentials.ts'
import type { SentCall } from './sent-calls.ts'

export interface ContextParty {
  readonly orgId: string
  readonly plugin: AnyPlugin
  /** Null while there is no connection yet, and for plugins that need none. */
  readonly connectionId: string | null
  readonly methodLabel: string | null
  readonly usable: UsableCredentials
  readonly runId?: string | null
  readonly signal: AbortSignal
  /** When that ends, by `performance.now()`. @default nobody knows */
  readonly endsAt?: number | undefined
  /** Called with each request that goes out. @default nobody */
  readonly onCall?: ((call: SentCall) => void) | undefined
}

/** Makes what a plugin's functions get. */
export function pluginContextFor(
  env: Pick<ConnectionEnv, 'fetchFor' | 'logger' | 'now'>,
  party: ContextParty,
): PluginContext {
  const { orgId, plugin, connectionId, methodLabel, usable, runId = null, signal, endsAt, onCall } = party
  const { facts } = plugin
  const { credentials, secrets } = usable
  const method = plugin.methods.find(({ label }) => label === methodLabel)
  const headers = method?.headers
  const isUsersUrl = typeof facts.baseUrl === 'function'
  const fetch = env.fetchFor({
    orgId,
    pluginId: plugin.id,
    connectionId,
    runId,
    baseUrl: typeof facts.baseUrl === 'function' ? facts.baseUrl(credentials) : facts.baseUrl,
    isUsersUrl,
    ...(headers === undefined ? {} : { headersOf: (request) => headers(credentials, request) }),
    rateLimits: facts.rateLimits ?? [],
    secrets,
    signal,
    endsAt,
    onCall,
  })
  const logged = { org: orgId, plugin: `${plugin.id}@${plugin.version}`, connection: connectionId }
  return Object.freeze({ credentials, fetch, signal, logger: blankLogger(env.logger, logged, secrets), now: env.now })
}

/** What secrets a plugin has beside those of a connection: the host's own at the vendor. */
export function hostSecrets(plugin: AnyPlugin): readonly string[] {
  return plugin.methods.flatMap((method) =>
    method.kind === 'oauth2' && method.clientSecret !== undefined ? [method.clientSecret.reveal()] : [],
  )
}
