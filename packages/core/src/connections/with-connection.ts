import { isOpsError } from '../errors/ops-error.ts'
import type { AnyPlugin } from '../plugin/plugin.ts'
import type { PluginContext } from '../plugin/plugin-context.ts'
import type { OrgSession } from '../store/org-session.ts'
import { callPlugin } from './call-plugin.ts'
import type { ConnectionEnv } from './connection-env.ts'
import { connectionNotFound, markBroken } from './connections.repository.ts'
import { usableCredentials } from './credentials.ts'
import { type FreshConnection, freshConnection } from './oauth/fresh-connection.ts'
import { whereCalled } from './part-in-words.ts'
import { hostSecrets, pluginContextFor } from './plugin-context-for.ts'
import type { SentCall } from './sent-calls.ts'
import { timeOf } from './time-of.ts'

export interface ConnectionCall {
  readonly connectionId: string
  /** The plugin that the connection must be of. @default any */
  readonly of?: string
  /** What of the plugin is called, for errors: `column "verification"`. */
  readonly part: string
  readonly runId?: string | null
  readonly signal: AbortSignal
  /** Of the plugin's function. */
  readonly timeoutMs: number
  /** Called with each request that goes out. @default nobody */
  readonly onCall?: ((call: SentCall) => void) | undefined
  /** Whether a broken connection is tried all the same. @default false */
  readonly evenIfBroken?: boolean
  /** The connection, if it was read just now. @default it is read */
  readonly known?: FreshConnection | undefined
}

/**
 * Calls a plugin's function with a connection of the org. A token that the vendor refuses is refreshed once and the
 * call made again; what is refused then marks the connection.
 *
 * @throws OpsError `NOT_FOUND`; PluginError; `PLUGIN_FAILED`; `TIMEOUT`
 */
export async function withConnection<T>(
  env: ConnectionEnv,
  session: OrgSession,
  call: ConnectionCall,
  work: (ctx: PluginContext, plugin: AnyPlugin) => Promise<T>,
): Promise<T> {
  const { connectionId, part, runId = null, onCall } = call
  let refused: number | undefined
  for (;;) {
    const { evenIfBroken = false } = call
    const known = refused === undefined ? call.known : undefined
    const asked = { signal: call.signal, evenIfBroken, refused, known }
    const { held, kept } = await freshConnection(env, session, connectionId, asked)
    const { plugin: pluginId, method_label: methodLabel, version } = held.record
    if (call.of !== undefined && call.of !== pluginId) throw connectionNotFound(connectionId)
    const plugin = env.plugins.get(pluginId)
    try {
      const usable = await usableCredentials(plugin, kept, methodLabel)
      const { orgId } = session
      // How long the database took to tell the connection is not the plugin's time.
      const time = timeOf(call)
      const ctx = pluginContextFor(env, { orgId, plugin, connectionId, methodLabel, usable, runId, onCall, ...time })
      const secrets = [...usable.secrets, ...hostSecrets(plugin)]
      return await callPlugin({ where: whereCalled(plugin.id, part), signal: time.signal, secrets }, () =>
        work(ctx, plugin),
      )
    } catch (error) {
      if (!isOpsError(error, 'CREDENTIALS_REFUSED')) throw error
      if (kept.kind === 'oauth2' && kept.token.refresh_token !== undefined && refused === undefined) {
        refused = version
        continue
      }
      const mark = { id: connectionId, version, reason: error.message }
      await session.write({}, ({ tx }) => markBroken(tx.db, session.orgId, mark))
      throw error
    }
  }
}
