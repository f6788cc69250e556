import { setTimeout as sleep } from 'node:timers/promises'
import { randomText } from '../../catalog/new-id.ts'
import { isOpsError } from '../../errors/ops-error.ts'
import type { OAuth2Method } from '../../plugin/credential-method.ts'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import { PluginError } from '../../plugin/plugin-error.ts'
import { saveSecret } from '../../secrets/secrets.repository.ts'
import { sealing } from '../../secrets/vault.ts'
import { say } from '../../sentences/say.ts'
import type { OrgSession } from '../../store/org-session.ts'
import type { ConnectionEnv } from '../connection-env.ts'
import {
  claimRefresh,
  connectionHolder,
  type HeldConnection,
  holdConnection,
  markBroken,
  releaseRefresh,
  tokenTimes,
} from '../connections.repository.ts'
import type { KeptCredentials } from '../credentials.ts'
import { requestToken } from './request-token.ts'

/** A connection whose token is good for a while yet. */
export interface FreshConnection {
  readonly held: HeldConnection
  readonly kept: KeptCredentials
}

/** How long others let a process refresh; longer than a token endpoint may take. */
const claimMs = 45_000
const lookAgainMs = 100

/**
 * The connection with its credentials; a token that ends soon is refreshed first, by one process for all: others wait
 * if it has ended, and go on with it if it has not.
 *
 * @param refused the version of the credentials that the vendor refused just now: refreshed whatever its end
 * @throws OpsError `NOT_FOUND`; PluginError `CREDENTIALS_REFUSED` if it is broken, and marks it if the refresh is refused;
 * `VENDOR_UNAVAILABLE`
 */
export async function freshConnection(
  env: ConnectionEnv,
  session: OrgSession,
  id: string,
  {
    signal,
    refused,
    evenIfBroken = false,
    known,
  }: {
    readonly signal: AbortSignal
    readonly refused?: number | undefined
    readonly evenIfBroken?: boolean
    /** Read just now. @default it is read */
    readonly known?: FreshConnection | undefined
  },
): Promise<FreshConnection> {
  for (let read = known; ; read = undefined) {
    const { held, kept } = read ?? (await sharedRead(env, session, id))
    signal.throwIfAborted()
    const { record } = held
    if (record.state === 'broken' && !evenIfBroken) throw broken(record.reason)
    const isRefused = refused !== undefined && record.version <= refused
    if (kept.kind !== 'oauth2' || !(isRefused || held.due)) return { held, kept }
    const isUsable = !isRefused && !held.ended
    if (kept.token.refresh_token === undefined) {
      if (isUsable) return { held, kept }
      throw await marked(session, held, say('The vendor gave no way to refresh the access. Reconnect.'))
    }
    if (held.claimed && isUsable) return { held, kept }
    if (held.claimed) {
      await sleep(lookAgainMs, undefined, { signal })
      continue
    }
    try {
      await sharedRefresh(env, session, held, kept.token.refresh_token)
    } catch (error) {
      if (isUsable && isOpsError(error) && error.retryable) return { held, kept }
      throw error
    }
    signal.throwIfAborted()
  }
}

/**
 * One read for all callers of this process that ask at the same time: a run's calls begin together. What one of them finds may be
 * older than a refresh that has just ended; its version then gives it away.
 */
async function sharedRead(env: ConnectionEnv, session: OrgSession, id: string): Promise<FreshConnection> {
  const name = `${session.orgId}\n${id}`
  const present = env.reads.get(name)
  if (present !== undefined) return await present
  const read = readConnection(env, session, id).finally(() => env.reads.delete(name))
  env.reads.set(name, read)
  return await read
}

async function readConnection(env: ConnectionEnv, session: OrgSession, id: string): Promise<FreshConnection> {
  const { orgId } = session
  return await openHeld(env, orgId, await session.read({}, ({ tx }) => holdConnection(tx, orgId, id)))
}

/** A connection that a transaction has read, with its credentials. */
export async function openHeld(env: ConnectionEnv, orgId: string, held: HeldConnection): Promise<FreshConnection> {
  const place = { orgId, holder: connectionHolder, rowId: held.record.id, field: 'credentials' }
  return { held, kept: JSON.parse(await env.vault.open(place, held.sealed)) }
}

/** One attempt for all callers of this process; no caller's signal ends it for the others. */
async function sharedRefresh(
  env: ConnectionEnv,
  session: OrgSession,
  held: HeldConnection,
  refreshToken: string,
): Promise<void> {
  const name = `${session.orgId}\n${held.record.id}`
  const present = env.refreshes.get(name)
  if (present !== undefined) return await present
  const refresh = refreshOnce(env, session, held, refreshToken).finally(() => env.refreshes.delete(name))
  env.refreshes.set(name, refresh)
  await refresh
}

async function refreshOnce(
  env: ConnectionEnv,
  session: OrgSession,
  held: HeldConnection,
  refreshToken: string,
): Promise<void> {
  const { orgId } = session
  const { id, version } = held.record
  const claim = randomText(20)
  const isClaimed = await session.write({}, ({ tx }) =>
    claimRefresh(tx.db, orgId, { id, version, claim, forMs: claimMs }),
  )
  if (!isClaimed) return
  const { plugin, method } = oauthOf(env, held)
  try {
    const begun = performance.now()
    const answer = await requestToken(env, {
      orgId,
      plugin,
      method,
      connectionId: id,
      fields: { grant_type: 'refresh_token', refresh_token: refreshToken },
      signal: AbortSignal.timeout(claimMs - 5_000),
    })
    // Vendors that do not rotate leave the refresh token out.
    const token = { refresh_token: refreshToken, ...answer }
    const lifetimeMs = lifetimeOf(method, answer.expires_in, begun)
    await sealing(env.vault, session, (sealer) =>
      session.write({}, async ({ tx }) => {
        const saved = await tx.db
          .updateTable('connections')
          .set({ version: version + 1, ...tokenTimes(lifetimeMs), refresh_claim: null, refresh_claim_until: null })
          .where('org_id', '=', orgId)
          .where('id', '=', id)
          .where('refresh_claim', '=', claim)
          .returning('id')
          .executeTakeFirst()
        // Disconnected or connected anew meanwhile: those credentials count.
        if (saved === undefined) return
        const place = { orgId, holder: connectionHolder, rowId: id, field: 'credentials' }
        await saveSecret(tx.db, place, sealer.seal(place, JSON.stringify({ kind: 'oauth2', token })))
      }),
    )
  } catch (error) {
    if (isOpsError(error, 'CREDENTIALS_REFUSED')) throw await marked(session, held, error.message)
    await session.write({}, ({ tx }) => releaseRefresh(tx.db, orgId, id, claim))
    throw error
  }
}

/** What is left of a token's life once its answer has arrived, in milliseconds; null where nobody says. */
export function lifetimeOf(method: OAuth2Method<unknown>, expiresIn: number | undefined, begun: number): number | null {
  const said = expiresIn === undefined ? method.defaultLifetimeMs : expiresIn * 1_000
  return said === null ? null : Math.max(0, said - (performance.now() - begun))
}

function oauthOf(
  env: ConnectionEnv,
  { record }: HeldConnection,
): { readonly plugin: AnyPlugin; readonly method: OAuth2Method<unknown> } {
  const plugin = env.plugins.get(record.plugin)
  const method = plugin.methods.find(({ kind, label }) => kind === 'oauth2' && label === record.method_label)
  if (method?.kind === 'oauth2') return { plugin, method }
  throw broken(`Plugin "${plugin.id}" no longer connects by "${record.method_label}". Reconnect.`)
}

async function marked(session: OrgSession, { record }: HeldConnection, reason: string): Promise<PluginError> {
  const { id, version } = record
  await session.write({}, ({ tx }) => markBroken(tx.db, session.orgId, { id, version, reason }))
  return broken(reason)
}

function broken(reason: string | null): PluginError {
  return new PluginError('CREDENTIALS_REFUSED', reason ?? say('The connection is broken. Reconnect.'))
}
