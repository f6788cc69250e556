import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { ApiKeyRecord } from '../db/tables/access.db.ts'

export async function insertApiKey(
  db: Kysely<Database>,
  key: Pick<ApiKeyRecord, 'org_id' | 'id' | 'name' | 'digest' | 'role' | 'expires_at' | 'created_by'> & {
    readonly table_ids: readonly string[] | null
  },
): Promise<ApiKeyRecord> {
  const { table_ids: tableIds, ...rest } = key
  return await db
    .insertInto('api_keys')
    .values({ ...rest, table_ids: tableIds === null ? null : JSON.stringify(tableIds) })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function findApiKey(db: Kysely<Database>, orgId: string, id: string): Promise<ApiKeyRecord | undefined> {
  return await db.selectFrom('api_keys').selectAll().where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()
}

/** A page in the order of their ids; `after` is the id of the last one seen. */
export async function listApiKeys(
  db: Kysely<Database>,
  orgId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<ApiKeyRecord[]> {
  return await db
    .selectFrom('api_keys')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function markApiKey(
  db: Kysely<Database>,
  orgId: string,
  id: string,
  mark: 'last_used_at' | 'revoked_at',
): Promise<void> {
  await db
    .updateTable('api_keys')
    .set({ [mark]: sql<string>`clock_timestamp()` })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
}
