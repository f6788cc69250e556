import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'

/** Tables deleted before a moment (ISO 8601). */
export async function expiredTables(
  db: Kysely<Database>,
  orgId: string,
  before: string,
): Promise<{ id: string; number: number }[]> {
  return await db
    .selectFrom('tables')
    .select(['id', 'number'])
    .where('org_id', '=', orgId)
    .where('deleted_at', '<', before)
    .execute()
}

export async function deleteTableRecord(db: Kysely<Database>, orgId: string, tableId: string): Promise<void> {
  await db
    .deleteFrom('tables')
    .where('org_id', '=', orgId)
    .where('id', '=', tableId)
    .where('deleted_at', 'is not', null)
    .execute()
}

/** Columns of a table deleted before a moment (ISO 8601). */
export async function expiredColumns(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
  before: string,
): Promise<{ id: string; number: number }[]> {
  return await db
    .selectFrom('columns')
    .select(['id', 'number'])
    .where('org_id', '=', orgId)
    .where('table_id', '=', tableId)
    .where('deleted_at', '<', before)
    .execute()
}

export async function deleteColumnRecords(
  db: Kysely<Database>,
  orgId: string,
  columnIds: readonly string[],
): Promise<void> {
  if (columnIds.length === 0) return
  await db.deleteFrom('columns').where('org_id', '=', orgId).where('id', 'in', columnIds).execute()
}

export async function liveTableIds(db: Kysely<Database>, orgId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('tables')
    .select('id')
    .where('org_id', '=', orgId)
    .where('deleted_at', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}

/** Numbers of all columns of a table, deleted ones included. */
export async function columnNumbers(db: Kysely<Database>, orgId: string, tableId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('columns')
    .select('number')
    .where('org_id', '=', orgId)
    .where('table_id', '=', tableId)
    .execute()
  return rows.map(({ number }) => number)
}
