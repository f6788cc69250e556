import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'

/** What every call needs to know of its org. */
export interface Org {
  readonly orgId: string
  /** Names the org's schema. */
  readonly shortId: string
  readonly schemaVersion: number
  /** IANA zone. */
  readonly timeZone: string
  /** BCP 47. */
  readonly locale: string
}

export async function findOrg(db: Kysely<Database>, orgId: string): Promise<Org | undefined> {
  const row = await db.selectFrom('orgs').selectAll().where('org_id', '=', orgId).executeTakeFirst()
  if (row === undefined) return undefined
  return {
    orgId,
    shortId: row.short_id,
    schemaVersion: row.schema_version,
    timeZone: row.time_zone,
    locale: row.locale,
  }
}

/** Returns false if another process has just made it. */
export async function insertOrg(db: Kysely<Database>, org: Org): Promise<boolean> {
  const result = await db
    .insertInto('orgs')
    .values({
      org_id: org.orgId,
      short_id: org.shortId,
      schema_version: org.schemaVersion,
      time_zone: org.timeZone,
      locale: org.locale,
    })
    .onConflict((conflict) => conflict.column('org_id').doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function updateOrg(
  db: Kysely<Database>,
  orgId: string,
  changes: { readonly schemaVersion?: number; readonly timeZone?: string; readonly locale?: string },
): Promise<void> {
  await db
    .updateTable('orgs')
    .set({
      ...(changes.schemaVersion !== undefined && { schema_version: changes.schemaVersion }),
      ...(changes.timeZone !== undefined && { time_zone: changes.timeZone }),
      ...(changes.locale !== undefined && { locale: changes.locale }),
    })
    .where('org_id', '=', orgId)
    .execute()
}

/** The next number for a physical table; never reused. */
export async function takeTableNumber(db: Kysely<Database>, orgId: string): Promise<number> {
  const row = await db
    .updateTable('orgs')
    .set((eb) => ({ next_table_number: eb('next_table_number', '+', 1) }))
    .where('org_id', '=', orgId)
    .returning('next_table_number')
    .executeTakeFirstOrThrow()
  return row.next_table_number - 1
}

export async function deleteOrg(db: Kysely<Database>, orgId: string): Promise<void> {
  await db.deleteFrom('orgs').where('org_id', '=', orgId).execute()
}
