import { OpsError } from '../errors/ops-error.ts'
import type { AnyPlugin } from '../plugin/plugin.ts'
import type { PluginContext } from '../plugin/plugin-context.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from '../store/org-session.ts'
import { callPlugin } from './call-plugin.ts'
import type { ConnectionEnv } from './connection-env.ts'
import type { FreshConnection } from './oauth/fresh-connection.ts'
import { whereCalled } from './part-in-words.ts'
import { pluginContextFor } from './plugin-context-for.ts'
import type { SentCall } from './sent-calls.ts'
import { timeOf } from './time-of.ts'
import { withConnection } from './with-connection.ts'

/** A call of a part's function. */
export interface PartCall {
  readonly plugin: AnyPlugin
  /** Null for plugins that need none. */
  readonly connectionId: string | null
  /** What is called, for errors: `source "people"`. */
  readonly part: string
  readonly runId?: string | null
  readonly signal: AbortSignal
  /** Of the function. */
  readonly timeoutMs: number
  /** Called with each request that goes out. @default nobody */
  readonly onCall?: ((call: SentCall) => void) | undefined
  /** The connection, if it was read just now. @default it is read */
  readonly known?: FreshConnection | undefined
}

/**
 * Calls a function of a part, with the connection or, where the plugin needs none, without.
 *
 * @throws OpsError `INVALID_INPUT` if the plugin needs a connection; as `withConnection` throws
 */
export async function callPart<T>(
  env: ConnectionEnv,
  session: OrgSession,
  { plugin, connectionId, part, runId = null, signal, timeoutMs, onCall, known }: PartCall,
  work: (ctx: PluginContext) => Promise<T>,
): Promise<T> {
  if (connectionId !== null) {
    const call = { connectionId, of: plugin.id, part, runId, signal, timeoutMs, onCall, known }
    return await withConnection(env, session, call, (ctx) => work(ctx))
  }
  checkConnectionGiven(plugin, connectionId)
  const time = timeOf({ signal, timeoutMs })
  const usable = { credentials: undefined, secrets: [] }
  const { orgId } = session
  const party = { orgId, plugin, connectionId: null, methodLabel: null, usable, runId, onCall, ...time }
  const ctx = pluginContextFor(env, party)
  return await callPlugin({ where: whereCalled(plugin.id, part), signal: time.signal, secrets: [] }, () => work(ctx))
}

/** @throws OpsError `INVALID_INPUT` */
export function checkConnectionGiven(plugin: AnyPlugin, connectionId: string | null): void {
  if (connectionId !== null || plugin.methods.length === 0) return
  throw new OpsError('INVALID_INPUT', say('Plugin "{plugin}" needs a connection.', { plugin: plugin.id }), {
    path: ['connectionId'],
  })
}
