import { OpsError } from '../errors/ops-error.ts'
import type { AnyPlugin } from '../plugin/plugin.ts'
import type { PluginContext } from '../plugin/plugin-context.ts'
import type { OrgSession } from '../store/org-session.ts'
import { callPlugin } from './call-plugin.ts'
import type { ConnectionEnv } from './connection-env.ts'
import { checkedConnectionId } from './connection-id.ts'
import { pluginContextFor } from './plugin-context-for.ts'
import { type ConnectionCall, withConnection } from './with-connection.ts'

/** A call of a plugin's part, by a connection where the plugin needs one. */
export interface PartCall extends Omit<ConnectionCall, 'connectionId' | 'of' | 'evenIfBroken'> {
  readonly plugin: AnyPlugin
  /** null for plugins that need none. */
  readonly connectionId: string | null
}

/**
 * Calls a function of a plugin's part.
 *
 * @throws OpsError as {@link withConnection}; `INVALID_INPUT` without the connection that the plugin needs
 */
export async function withPlugin<T>(
  env: ConnectionEnv,
  session: OrgSession,
  { plugin, connectionId, ...call }: PartCall,
  work: (ctx: PluginContext) => Promise<T>,
): Promise<T> {
  if (connectionId !== null) {
    const id = checkedConnectionId(connectionId)
    return await withConnection(env, session, { ...call, connectionId: id, of: plugin.id }, work)
  }
  if (plugin.methods.length > 0) {
    throw new OpsError('INVALID_INPUT', `Plugin "${plugin.id}" needs a connection.`, { path: ['connectionId'] })
  }
  const { part, runId = null } = call
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(call.timeoutMs)])
  const usable = { credentials: undefined, secrets: [] }
  const party = { orgId: session.orgId, plugin, connectionId: null, methodLabel: null, usable, runId, signal }
  const ctx = pluginContextFor(env, party)
  return await callPlugin({ where: `Plugin "${plugin.id}", ${part}`, signal, secrets: [] }, () => work(ctx))
}
