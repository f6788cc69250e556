import { type InsertObject, type Kysely, type RawBuilder, sql, type UpdateObject } from 'kysely'
import type { Database } from '../db/database.ts'
import type { ConnectionRecord } from '../db/tables/connections.db.ts'
import type { Transaction } from '../db/transaction.ts'
import { OpsError } from '../errors/ops-error.ts'
import { deleteSecrets, findSecret, type SealedSecret } from '../secrets/secrets.repository.ts'
import { say } from '../sentences/say.ts'
import { plainText } from './name-schema.ts'

/** The same words for "absent" and "not yours". */
export function connectionNotFound(id: unknown): OpsError {
  return new OpsError('NOT_FOUND', say('There is no connection "{id}".', { id: String(id).slice(0, 60) }), {
    path: ['connectionId'],
  })
}

/** The part of a place that names a connection's secrets. */
export const connectionHolder = 'connections'

/** A connection with how its token stands, by the database's clock, and its credentials. */
export interface HeldConnection {
  readonly record: ConnectionRecord
  /** Whether the token is to be refreshed. */
  readonly due: boolean
  /** Whether the token has ended, or is about to while a call is on its way. */
  readonly ended: boolean
  /** Whether a process refreshes it now. */
  readonly claimed: boolean
  readonly sealed: SealedSecret
}

/** @throws OpsError `NOT_FOUND` */
export async function findConnection(db: Kysely<Database>, orgId: string, id: string): Promise<ConnectionRecord> {
  const found = await db
    .selectFrom('connections')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (found === undefined) throw connectionNotFound(id)
  return found
}

/** @throws OpsError `NOT_FOUND` */
export async function holdConnection(
  { db, together }: Pick<Transaction, 'db' | 'together'>,
  orgId: string,
  id: string,
): Promise<HeldConnection> {
  const connection = db
    .selectFrom('connections')
    .selectAll()
    .select([
      sql<boolean>`coalesce(refresh_at <= clock_timestamp(), false)`.as('due'),
      sql<boolean>`coalesce(expires_at <= clock_timestamp() + interval '5 seconds', false)`.as('ended'),
      sql<boolean>`coalesce(refresh_claim_until > clock_timestamp(), false)`.as('claimed'),
    ])
    .where('org_id', '=', orgId)
    .where('id', '=', id)
  const place = { orgId, holder: connectionHolder, rowId: id, field: 'credentials' }
  const [found, sealed] = await together(() => [connection.executeTakeFirst(), findSecret(db, place)])
  if (found === undefined || sealed === undefined) throw connectionNotFound(id)
  const { due, ended, claimed, ...record } = found
  return { record, due, ended, claimed, sealed }
}

export async function insertConnection(
  db: Kysely<Database>,
  row: InsertObject<Database, 'connections'>,
): Promise<void> {
  await db.insertInto('connections').values(row).execute()
}

/** @throws OpsError `NOT_FOUND` */
export async function updateConnection(
  db: Kysely<Database>,
  orgId: string,
  id: string,
  changes: UpdateObject<Database, 'connections'>,
): Promise<ConnectionRecord> {
  const updated = await db
    .updateTable('connections')
    .set(changes)
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  if (updated === undefined) throw connectionNotFound(id)
  return updated
}

/** Marks a connection, unless its credentials are others than those that were refused. */
export async function markBroken(
  db: Kysely<Database>,
  orgId: string,
  { id, version, reason }: { readonly id: string; readonly version: number; readonly reason: string },
): Promise<void> {
  await db
    .updateTable('connections')
    .set({ state: 'broken', reason: plainText(reason, 1_000), refresh_claim: null, refresh_claim_until: null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('version', '=', version)
    .execute()
}

export async function deleteConnection(db: Kysely<Database>, orgId: string, id: string): Promise<void> {
  await deleteSecrets(db, { orgId, holder: connectionHolder, rowId: id })
  await db.deleteFrom('connections').where('org_id', '=', orgId).where('id', '=', id).execute()
}

/** Connections in the order of their ids; `after` is the last one seen. */
export async function listConnections(
  db: Kysely<Database>,
  orgId: string,
  { plugin, after, limit }: { readonly plugin?: string | undefined; readonly after: string; readonly limit: number },
): Promise<ConnectionRecord[]> {
  return await db
    .selectFrom('connections')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '>', after)
    .$if(plugin !== undefined, (query) => query.where('plugin', '=', plugin ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Where connections stand, by their ids; those that are gone are left out. */
export async function connectionStates(
  db: Kysely<Database>,
  orgId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ConnectionRecord['state']>> {
  if (ids.length === 0) return new Map()
  const found = await db
    .selectFrom('connections')
    .select(['id', 'state'])
    .where('org_id', '=', orgId)
    .where('id', '=', sql<string>`any (${ids}::text[])`)
    .execute()
  return new Map(found.map(({ id, state }) => [id, state]))
}

export async function countConnections(db: Kysely<Database>, orgId: string): Promise<number> {
  const { count } = await db
    .selectFrom('connections')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('org_id', '=', orgId)
    .executeTakeFirstOrThrow()
  return count
}

/**
 * Takes the right to refresh a token, if nobody has it and nobody has refreshed it since it was read.
 *
 * @returns whether it was taken
 */
export async function claimRefresh(
  db: Kysely<Database>,
  orgId: string,
  {
    id,
    version,
    claim,
    forMs,
  }: { readonly id: string; readonly version: number; readonly claim: string; readonly forMs: number },
): Promise<boolean> {
  const claimed = await db
    .updateTable('connections')
    .set({ refresh_claim: claim, refresh_claim_until: later(forMs) })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('version', '=', version)
    .where(sql<boolean>`coalesce(refresh_claim_until <= clock_timestamp(), true)`)
    .returning('id')
    .executeTakeFirst()
  return claimed !== undefined
}

export async function releaseRefresh(db: Kysely<Database>, orgId: string, id: string, claim: string): Promise<void> {
  await db
    .updateTable('connections')
    .set({ refresh_claim: null, refresh_claim_until: null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('refresh_claim', '=', claim)
    .execute()
}

/** When a token ends and when it is to be refreshed: a fifth of its life ahead, at most five minutes. */
export function tokenTimes(lifetimeMs: number | null): {
  readonly expires_at: RawBuilder<string> | null
  readonly refresh_at: RawBuilder<string> | null
} {
  if (lifetimeMs === null) return { expires_at: null, refresh_at: null }
  return { expires_at: later(lifetimeMs), refresh_at: later(lifetimeMs - Math.min(lifetimeMs / 5, 300_000)) }
}

function later(ms: number): RawBuilder<string> {
  return sql<string>`clock_timestamp() + make_interval(secs => ${ms / 1_000})`
}
