import { OpsError } from '../errors/ops-error.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { ConnectionEnv } from './connection-env.ts'
import { connectionHolder, holdConnection } from './connections.repository.ts'
import type { KeptCredentials } from './credentials.ts'
import { revokeToken } from './oauth/request-token.ts'
import { unsubscribeAll } from './webhooks/subscribe.ts'

const timeoutMs = 15_000

/** Ends subscriptions and tokens at the vendor as far as it lets us; what fails is logged. */
export async function disconnectAtVendor(
  env: ConnectionEnv,
  session: OrgSession,
  connectionId: string,
  given: AbortSignal | undefined,
): Promise<void> {
  const limit = AbortSignal.timeout(timeoutMs)
  const signal = given === undefined ? limit : AbortSignal.any([given, limit])
  const steps = [
    () => unsubscribeAll(env, session, connectionId, signal),
    () => revokeTokens(env, session, connectionId, signal),
  ]
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      given?.throwIfAborted()
      const code = error instanceof OpsError ? error.code : 'INTERNAL'
      env.logger.warn('A vendor could not be told of a disconnect.', { connection: connectionId, code })
    }
  }
}

async function revokeTokens(env: ConnectionEnv, session: OrgSession, id: string, signal: AbortSignal): Promise<void> {
  const { orgId } = session
  const { record, sealed } = await session.read({ signal }, ({ tx }) => holdConnection(tx, orgId, id))
  const plugin = env.plugins.find(record.plugin)
  const method = plugin?.methods.find(({ kind, label }) => kind === 'oauth2' && label === record.method_label)
  if (plugin === undefined || method?.kind !== 'oauth2') return
  const place = { orgId, holder: connectionHolder, rowId: id, field: 'credentials' }
  const kept: KeptCredentials = JSON.parse(await env.vault.open(place, sealed))
  if (kept.kind !== 'oauth2') return
  const { refresh_token: refreshToken, access_token: accessToken } = kept.token
  const fields =
    refreshToken === undefined
      ? { token: accessToken, token_type_hint: 'access_token' }
      : { token: refreshToken, token_type_hint: 'refresh_token' }
  await revokeToken(env, { orgId, plugin, method, connectionId: id, fields, signal })
}
