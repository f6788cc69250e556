import type { AnyPlugin } from '../../plugin/plugin.ts'
import { pluginFault } from '../../plugin/plugin-fault.ts'
import type { OrgSession } from '../../store/org-session.ts'
import type { ConnectionEnv } from '../connection-env.ts'
import { type OrgToken, printOrgToken } from '../org-token.ts'
import { hookSecret } from './hook-secret.ts'

/** The path of a webhook of a connection, below the host's handler. */
export function hookPath(plugin: AnyPlugin, webhook: string, token: OrgToken): string {
  return `webhooks/${plugin.id}/${webhook}/${printOrgToken(token)}`
}

/**
 * Where a vendor may report the end of a task, by the id of a webhook of its plugin's; gives undefined where no vendor can
 * reach the host, or the plugin has no connection.
 */
export async function callbackUrls(
  env: ConnectionEnv,
  session: OrgSession,
  plugin: AnyPlugin,
  connectionId: string | null,
): Promise<(webhook: string) => string | undefined> {
  const { publicUrl } = env
  if (publicUrl === undefined || connectionId === null) return () => undefined
  const secret = await hookSecret(env, session, connectionId, 'hook')
  return (webhook) => {
    if (!Object.hasOwn(plugin.parts.webhooks, webhook)) {
      throw pluginFault(`Plugin "${plugin.id}"`, `it has no webhook "${webhook}" for the end of a task.`)
    }
    return publicUrl(hookPath(plugin, webhook, { orgId: session.orgId, id: connectionId, secret }))
  }
}
