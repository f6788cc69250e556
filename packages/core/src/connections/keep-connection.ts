import { actorText } from '../catalog/actor.ts'
import { newId } from '../catalog/new-id.ts'
import type { CallOptions } from '../db/transaction.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { AnyCredentialMethod } from '../plugin/credential-method.ts'
import type { AnyPlugin, ConnectionTest } from '../plugin/plugin.ts'
import { saveSecret } from '../secrets/secrets.repository.ts'
import { sealing } from '../secrets/vault.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from '../store/org-session.ts'
import { type Connection, publicConnection } from './connection.ts'
import type { ConnectionEnv } from './connection-env.ts'
import {
  connectionHolder,
  countConnections,
  findConnection,
  insertConnection,
  tokenTimes,
  updateConnection,
} from './connections.repository.ts'
import { hintOf, type KeptCredentials } from './credentials.ts'
import { makeTokenSecret } from './org-token.ts'

/** Connections of one org. */
const mostConnections = 1_000

export interface NewCredentials {
  readonly plugin: AnyPlugin
  readonly method: AnyCredentialMethod
  readonly kept: KeptCredentials
  readonly account: ConnectionTest['account']
  readonly name?: string | undefined
  /** Of the access token; null if it does not end. */
  readonly lifetimeMs: number | null
  /** The connection that gets them. @default a new one */
  readonly connectionId?: string | undefined
  /** Who connects. @default the session's actor */
  readonly createdBy?: string | undefined
}

/** Keeps credentials that were tested, encrypted. */
export async function keepConnection(
  env: ConnectionEnv,
  session: OrgSession,
  given: NewCredentials,
  options: CallOptions,
): Promise<Connection> {
  const { orgId } = session
  const { plugin, method, kept, account, lifetimeMs, connectionId } = given
  const id = connectionId ?? newId('con')
  const facts = {
    plugin_version: plugin.version,
    method: method.kind,
    method_label: method.label,
    state: 'connected' as const,
    reason: null,
    account_id: account?.id ?? null,
    account_name: account?.name ?? null,
    hint: hintOf(method, kept),
    refresh_claim: null,
    refresh_claim_until: null,
    ...tokenTimes(lifetimeMs),
  }
  return await sealing(env.vault, session, (sealer) =>
    session.write(options, async ({ tx, context, actor }) => {
      const place = (field: string) => ({ orgId, holder: connectionHolder, rowId: id, field })
      const tested_at = context.now.toISOString()
      if (connectionId === undefined) {
        if ((await countConnections(tx.db, orgId)) >= mostConnections)
          throw new OpsError(
            'LIMIT_EXCEEDED',
            say('An org has at most {#count} connections. Disconnect some.', { count: mostConnections }),
          )
        const hook = makeTokenSecret()
        const name = given.name ?? account?.name ?? plugin.facts.name
        const created_by = given.createdBy ?? actorText(actor)
        const made = {
          org_id: orgId,
          id,
          plugin: plugin.id,
          name: name.slice(0, 100),
          created_by,
          hook_digest: hook.digest,
        }
        await insertConnection(tx.db, { ...facts, ...made, tested_at })
        await saveSecret(tx.db, place('hook'), sealer.seal(place('hook'), hook.secret))
      } else {
        const { version } = await findConnection(tx.db, orgId, id)
        await updateConnection(tx.db, orgId, id, { ...facts, tested_at, version: version + 1 })
      }
      await saveSecret(tx.db, place('credentials'), sealer.seal(place('credentials'), JSON.stringify(kept)))
      return publicConnection(await findConnection(tx.db, orgId, id))
    }),
  )
}
