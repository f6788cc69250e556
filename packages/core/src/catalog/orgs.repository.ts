import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import type { OrgState } from '../db/tables/orgs.db.ts'

/** What every call needs to know of its org. */
export interface Org {
  readonly orgId: string
  /** Names the org's schema. */
  readonly shortId: string
  /** Grows with each change of what stands here. */
  readonly revision: number
  readonly state: OrgState
  /** Whether a role of its own owns its schema. */
  readonly ownRole: boolean
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
    revision: row.revision,
    state: row.state,
    ownRole: row.own_role,
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
      revision: org.revision,
      state: org.state,
      own_role: org.ownRole,
      schema_version: org.schemaVersion,
      time_zone: org.timeZone,
      locale: org.locale,
    })
    .onConflict((conflict) => conflict.column('org_id').doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export type OrgChanges = Partial<Pick<Org, 'state' | 'ownRole' | 'schemaVersion' | 'timeZone' | 'locale'>>

/** Counts the revision up, by which other processes learn of the change. */
export async function updateOrg(db: Kysely<Database>, orgId: string, changes: OrgChanges): Promise<void> {
  await db
    .updateTable('orgs')
    .set((eb) => ({
      revision: eb('revision', '+', 1),
      ...(changes.state !== undefined && { state: changes.state }),
      ...(changes.ownRole !== undefined && { own_role: changes.ownRole }),
      ...(changes.schemaVersion !== undefined && { schema_version: changes.schemaVersion }),
      ...(changes.timeZone !== undefined && { time_zone: changes.timeZone }),
      ...(changes.locale !== undefined && { locale: changes.locale }),
    }))
    .where('org_id', '=', orgId)
    .execute()
}

/** Notes that the org is tidied up at `now`, unless another process did so since `before` (both ISO 8601). */
export async function claimTidying(db: Kysely<Database>, orgId: string, before: string, now: string): Promise<boolean> {
  const claimed = await db
    .updateTable('orgs')
    .set({ tidied_at: now })
    .where('org_id', '=', orgId)
    .where((eb) => eb(eb.fn.coalesce('tidied_at', 'created_at'), '<', before))
    .executeTakeFirst()
  return claimed.numUpdatedRows === 1n
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
