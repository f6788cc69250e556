import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { IndexRecord } from '../db/tables/advice.db.ts'
import type { Json } from '../values/json.ts'

/** `is_fresh`: claimed a moment ago, by the database's clock. */
export async function listIndexes(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
): Promise<(IndexRecord & { readonly is_fresh: boolean })[]> {
  return await db
    .selectFrom('indexes')
    .selectAll()
    .select((eb) => sql<boolean>`${eb.ref('created_at')} > now() - interval '1 minute'`.as('is_fresh'))
    .where('org_id', '=', orgId)
    .where('table_id', '=', tableId)
    .orderBy('created_at')
    .orderBy('name')
    .execute()
}

export interface NewIndex {
  readonly name: string
  readonly definition: Json
  readonly reason: Json
  readonly at: Date
}

/** Claims the making of an index. Returns false if somebody else has claimed or made it. */
export async function claimIndex(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
  { name, definition, reason, at }: NewIndex,
): Promise<boolean> {
  const made = await db
    .insertInto('indexes')
    .values({
      org_id: orgId,
      table_id: tableId,
      name,
      definition: JSON.stringify(definition),
      reason: JSON.stringify(reason),
      state: 'building',
      last_wanted_at: at.toISOString(),
    })
    .onConflict((conflict) => conflict.columns(['org_id', 'table_id', 'name']).doNothing())
    .returning('name')
    .execute()
  return made.length > 0
}

export interface IndexChanges {
  readonly state?: IndexRecord['state']
  readonly reason?: Json
  /** Only ever moves forward. */
  readonly wantedAt?: Date
}

export async function updateIndex(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
  name: string,
  { state, reason, wantedAt }: IndexChanges,
): Promise<void> {
  await db
    .updateTable('indexes')
    .set((eb) => ({
      name,
      ...(state !== undefined && { state }),
      ...(reason !== undefined && { reason: JSON.stringify(reason) }),
      ...(wantedAt !== undefined && {
        last_wanted_at: sql<string>`greatest(${eb.ref('last_wanted_at')}, ${wantedAt.toISOString()}::timestamptz)`,
      }),
    }))
    .where('org_id', '=', orgId)
    .where('table_id', '=', tableId)
    .where('name', '=', name)
    .execute()
}

export async function deleteIndex(db: Kysely<Database>, orgId: string, tableId: string, name: string): Promise<void> {
  await db
    .deleteFrom('indexes')
    .where('org_id', '=', orgId)
    .where('table_id', '=', tableId)
    .where('name', '=', name)
    .execute()
}
