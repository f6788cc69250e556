import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { SecretKeyRecord } from '../db/tables/secrets.db.ts'
import type { SecretPlace } from './cipher.ts'

/** A secret with the key that it is encrypted with, as one statement saw both. */
export interface SealedSecret {
  readonly content: string
  readonly keyId: string
  readonly kekId: string
  readonly wrapped: string
}

/** A secret with its place. */
export type PlacedSecret = SealedSecret & { readonly place: SecretPlace }

export async function findSecret(db: Kysely<Database>, place: SecretPlace): Promise<SealedSecret | undefined> {
  return await db
    .selectFrom('secrets as s')
    .innerJoin('secret_keys as k', (join) => join.onRef('k.org_id', '=', 's.org_id').onRef('k.id', '=', 's.key_id'))
    .select(['s.content', 's.key_id as keyId', 'k.kek_id as kekId', 'k.wrapped'])
    .where('s.org_id', '=', place.orgId)
    .where('s.holder', '=', place.holder)
    .where('s.row_id', '=', place.rowId)
    .where('s.field', '=', place.field)
    .executeTakeFirst()
}

export async function saveSecret(
  db: Kysely<Database>,
  place: SecretPlace,
  { keyId, content }: { readonly keyId: string; readonly content: string },
): Promise<void> {
  await db
    .insertInto('secrets')
    .values({
      org_id: place.orgId,
      holder: place.holder,
      row_id: place.rowId,
      field: place.field,
      key_id: keyId,
      content,
    })
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'holder', 'row_id', 'field']).doUpdateSet({ key_id: keyId, content }),
    )
    .execute()
}

/** All secrets of a row. */
export async function deleteSecrets(
  db: Kysely<Database>,
  { orgId, holder, rowId }: Omit<SecretPlace, 'field'>,
): Promise<void> {
  await db
    .deleteFrom('secrets')
    .where('org_id', '=', orgId)
    .where('holder', '=', holder)
    .where('row_id', '=', rowId)
    .execute()
}

/** The newest key of the org that the host's key wrapped. */
export async function findKey(
  db: Kysely<Database>,
  orgId: string,
  kekId: string,
): Promise<SecretKeyRecord | undefined> {
  return await db
    .selectFrom('secret_keys')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('kek_id', '=', kekId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

export async function insertKey(
  db: Kysely<Database>,
  key: Pick<SecretKeyRecord, 'org_id' | 'id' | 'kek_id' | 'wrapped'>,
): Promise<void> {
  await db.insertInto('secret_keys').values(key).execute()
}

/** Keys of the org under other keys of the host's. */
export async function keysBehind(db: Kysely<Database>, orgId: string, kekId: string): Promise<SecretKeyRecord[]> {
  return await db
    .selectFrom('secret_keys')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('kek_id', '<>', kekId)
    .limit(1_000)
    .execute()
}

/** Secrets that are encrypted under another key of the host's, locked; those that somebody else holds are left out. */
export async function secretsBehind(
  db: Kysely<Database>,
  orgId: string,
  kekId: string,
  limit: number,
): Promise<PlacedSecret[]> {
  const rows = await db
    .selectFrom('secrets as s')
    .innerJoin('secret_keys as k', (join) => join.onRef('k.org_id', '=', 's.org_id').onRef('k.id', '=', 's.key_id'))
    .select(['s.holder', 's.row_id', 's.field', 's.content', 's.key_id as keyId', 'k.kek_id as kekId', 'k.wrapped'])
    .where('s.org_id', '=', orgId)
    .where('k.kek_id', '<>', kekId)
    .orderBy('s.holder')
    .orderBy('s.row_id')
    .limit(limit)
    .forUpdate('s')
    .skipLocked()
    .execute()
  return rows.map(({ holder, row_id, field, ...sealed }) => ({
    ...sealed,
    place: { orgId, holder, rowId: row_id, field },
  }))
}

/** Removes keys under other keys of the host's that no secret needs any more; gives what is left behind. */
export async function dropKeysBehind(db: Kysely<Database>, orgId: string, kekId: string): Promise<number> {
  // A writer that is about to use such a key holds it, by the foreign key of its secret.
  await db
    .deleteFrom('secret_keys')
    .where('org_id', '=', orgId)
    .where('kek_id', '<>', kekId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('secrets')
            .select(sql`1`.as('one'))
            .where('secrets.org_id', '=', orgId)
            .whereRef('secrets.key_id', '=', 'secret_keys.id'),
        ),
      ),
    )
    .execute()
  const { left } = await db
    .selectFrom('secret_keys')
    .select(sql<number>`count(*)::int`.as('left'))
    .where('org_id', '=', orgId)
    .where('kek_id', '<>', kekId)
    .executeTakeFirstOrThrow()
  return left
}
