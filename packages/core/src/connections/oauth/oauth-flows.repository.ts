import { type Insertable, type Kysely, sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import type { OAuthFlowRecord, OAuthFlowsTable } from '../../db/tables/connections.db.ts'
import { deleteSecrets, findSecret, type SealedSecret } from '../../secrets/secrets.repository.ts'

/** The part of a place that names the secrets of a visit to a consent screen. */
export const flowHolder = 'oauth_flows'

export async function insertFlow(
  db: Kysely<Database>,
  row: Omit<Insertable<OAuthFlowsTable>, 'expires_at'>,
  lifetimeMs: number,
): Promise<void> {
  const expires_at = sql<string>`clock_timestamp() + make_interval(secs => ${lifetimeMs / 1_000})`
  await db
    .insertInto('oauth_flows')
    .values({ ...row, expires_at })
    .execute()
}

/**
 * Takes a flow away, so that it is used once.
 *
 * @returns undefined if it is not there, has expired, or another session or another state began it
 */
export async function takeFlow(
  db: Kysely<Database>,
  orgId: string,
  {
    id,
    stateDigest,
    sessionDigest,
  }: { readonly id: string; readonly stateDigest: string; readonly sessionDigest: string },
): Promise<{ readonly flow: OAuthFlowRecord; readonly verifier: SealedSecret } | undefined> {
  const verifier = await findSecret(db, { orgId, holder: flowHolder, rowId: id, field: 'verifier' })
  const flow = await db
    .deleteFrom('oauth_flows')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('state_digest', '=', stateDigest)
    .where('session_digest', '=', sessionDigest)
    .where('expires_at', '>', sql<string>`clock_timestamp()`)
    .returningAll()
    .executeTakeFirst()
  if (flow === undefined || verifier === undefined) return undefined
  await deleteSecrets(db, { orgId, holder: flowHolder, rowId: id })
  return { flow, verifier }
}

/** Removes what has expired, and the oldest beyond the number that may be open. */
export async function dropOldFlows(db: Kysely<Database>, orgId: string, most: number): Promise<void> {
  const old = await db
    .deleteFrom('oauth_flows')
    .where('org_id', '=', orgId)
    .where(({ eb, or, selectFrom }) =>
      or([
        eb('expires_at', '<=', sql<string>`clock_timestamp()`),
        eb(
          'id',
          'in',
          selectFrom('oauth_flows')
            .select('id')
            .where('org_id', '=', orgId)
            .orderBy('expires_at', 'desc')
            .orderBy('id')
            .offset(most),
        ),
      ]),
    )
    .returning('id')
    .execute()
  for (const { id } of old) await deleteSecrets(db, { orgId, holder: flowHolder, rowId: id })
}
