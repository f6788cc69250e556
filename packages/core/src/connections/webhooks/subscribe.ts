import type { CallOptions } from '../../db/transaction.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { saveSecret } from '../../secrets/secrets.repository.ts'
import { sealing } from '../../secrets/vault.ts'
import type { OrgSession } from '../../store/org-session.ts'
import type { Json } from '../../values/json.ts'
import type { ConnectionEnv } from '../connection-env.ts'
import { checkedConnectionId } from '../connection-id.ts'
import { connectionHolder, findConnection } from '../connections.repository.ts'
import { withConnection } from '../with-connection.ts'
import { hookSecret } from './hook-secret.ts'
import { hookPath } from './hook-url.ts'
import { findSubscriptions, saveSubscription } from './subscriptions.repository.ts'

const timeoutMs = 30_000

/** Where a vendor reaches a webhook of a connection. */
export interface HookAddress {
  readonly webhook: string
  readonly name: string
  readonly description: string
  /** Below the public address of the host's handler. Holds a secret: whoever knows it may call. */
  readonly url: string
  /** Whether the plugin has told the vendor; otherwise a person enters the address there. */
  readonly subscribed: boolean
}

/**
 * The addresses of a connection's webhooks; those that plugins can subscribe are subscribed first, and again when the
 * host's public address has changed.
 *
 * @throws OpsError `NOT_FOUND`, `UNSUPPORTED` if the host has no public address
 */
export async function connectionHooks(
  env: ConnectionEnv,
  session: OrgSession,
  connectionId: string,
  options: CallOptions = {},
): Promise<readonly HookAddress[]> {
  const id = checkedConnectionId(connectionId)
  const { orgId } = session
  const record = await session.read(options, ({ tx }) => findConnection(tx.db, orgId, id))
  const plugin = env.plugins.get(record.plugin)
  const webhooks = Object.values(plugin.parts.webhooks).filter(({ byAccount }) => byAccount === undefined)
  if (webhooks.length === 0) return []
  const { publicUrl } = env
  if (publicUrl === undefined)
    throw new OpsError('UNSUPPORTED', 'Webhooks need an address that vendors reach: createOps({ publicUrl }).')
  const secret = await hookSecret(env, session, id, 'hook')
  const present = await session.read(options, ({ tx }) => findSubscriptions(tx.db, orgId, id))
  const addresses: HookAddress[] = []
  for (const webhook of webhooks) {
    const url = publicUrl(hookPath(plugin, webhook.id, { orgId, id, secret }))
    const { subscribe } = webhook
    if (subscribe !== undefined && !present.some((one) => one.webhook === webhook.id && one.url === url)) {
      const { signal = new AbortController().signal } = options
      const call = { connectionId: id, part: `webhook "${webhook.id}", subscribe`, signal, timeoutMs }
      const own = await hookSecret(env, session, id, `hook.${webhook.id}`, secret)
      const made = await withConnection(env, session, call, (ctx) => subscribe(ctx, { url, secret: own }))
      await keepSubscription(env, session, id, { webhook: webhook.id, url, ...made })
    }
    const { name, description } = webhook
    addresses.push({ webhook: webhook.id, name, description, url, subscribed: subscribe !== undefined })
  }
  return addresses
}

async function keepSubscription(
  env: ConnectionEnv,
  session: OrgSession,
  id: string,
  made: { readonly webhook: string; readonly url: string; readonly state: Json; readonly secret?: string },
): Promise<void> {
  const { webhook, url, state, secret } = made
  await sealing(env.vault, session, (sealer) =>
    session.write({}, async ({ tx }) => {
      await saveSubscription(tx.db, session.orgId, id, { webhook, url, state })
      if (secret === undefined) return
      const place = { orgId: session.orgId, holder: connectionHolder, rowId: id, field: `hook.${webhook}` }
      await saveSecret(tx.db, place, sealer.seal(place, secret))
    }),
  )
}

/** Ends what was subscribed, as the connection goes. */
export async function unsubscribeAll(
  env: ConnectionEnv,
  session: OrgSession,
  connectionId: string,
  signal: AbortSignal,
): Promise<void> {
  const present = await session.read({ signal }, ({ tx }) => findSubscriptions(tx.db, session.orgId, connectionId))
  for (const { webhook, state } of present) {
    const call = { connectionId, part: `webhook "${webhook}", unsubscribe`, signal, timeoutMs }
    await withConnection(env, session, call, async (ctx, plugin) => {
      const part = plugin.parts.webhooks[webhook]
      await part?.unsubscribe?.(ctx, { state })
    })
  }
}
