import { type Insertable, type Kysely, sql, type UpdateObject } from 'kysely'
import type { Database } from '../db/database.ts'
import type { ScheduleRecord, SchedulesTable } from '../db/tables/schedules.db.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'

/** The same words for "absent" and "not yours". */
export function scheduleNotFound(id: unknown): OpsError {
  return new OpsError('NOT_FOUND', say('There is no schedule "{id}".', { id: String(id).slice(0, 60) }), {
    path: ['scheduleId'],
  })
}

export async function insertSchedule(db: Kysely<Database>, schedule: Insertable<SchedulesTable>): Promise<void> {
  await db.insertInto('schedules').values(schedule).execute()
}

/** @throws OpsError `NOT_FOUND` */
export async function findSchedule(db: Kysely<Database>, orgId: string, id: string): Promise<ScheduleRecord> {
  const found = await db
    .selectFrom('schedules')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (found === undefined) throw scheduleNotFound(id)
  return found
}

/** @throws OpsError `NOT_FOUND` */
export async function changeSchedule(
  db: Kysely<Database>,
  orgId: string,
  id: string,
  changes: UpdateObject<Database, 'schedules'>,
): Promise<ScheduleRecord> {
  if (Object.keys(changes).length === 0) return await findSchedule(db, orgId, id)
  const changed = await db
    .updateTable('schedules')
    .set(changes)
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  if (changed === undefined) throw scheduleNotFound(id)
  return changed
}

/** @throws OpsError `NOT_FOUND` */
export async function removeSchedule(db: Kysely<Database>, orgId: string, id: string): Promise<void> {
  const removed = await db
    .deleteFrom('schedules')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (removed === undefined) throw scheduleNotFound(id)
}

/** Schedules in the order of their ids; `after` is the last one seen. */
export async function listSchedules(
  db: Kysely<Database>,
  orgId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<ScheduleRecord[]> {
  return await db
    .selectFrom('schedules')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function countSchedules(db: Kysely<Database>, orgId: string): Promise<number> {
  const { count } = await db
    .selectFrom('schedules')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('org_id', '=', orgId)
    .executeTakeFirstOrThrow()
  return count
}

/**
 * Takes a schedule that is due.
 *
 * @returns the schedule as it was before, or undefined if it is not due, or another process has it
 */
export async function claimSchedule(
  db: Kysely<Database>,
  orgId: string,
  {
    id,
    claim,
    forMs,
    now,
  }: { readonly id: string; readonly claim: string; readonly forMs: number; readonly now: Date },
): Promise<ScheduleRecord | undefined> {
  const due = await db
    .selectFrom('schedules')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('enabled', '=', true)
    .where('next_at', '<=', now.toISOString())
    .where(sql<boolean>`coalesce(claim_until < clock_timestamp(), true)`)
    .forUpdate()
    .executeTakeFirst()
  if (due === undefined) return undefined
  await changeSchedule(db, orgId, id, {
    claim,
    claim_until: sql<string>`clock_timestamp() + make_interval(secs => ${forMs / 1_000})`,
  })
  return due
}

/** Notes what became of a tick, unless the schedule was changed or taken by another process since. */
export async function settleSchedule(
  db: Kysely<Database>,
  orgId: string,
  { id, claim }: { readonly id: string; readonly claim: string },
  settled: Pick<SchedulesTable, 'next_at' | 'last_at' | 'last_run_id' | 'last_error'>,
): Promise<void> {
  await db
    .updateTable('schedules')
    .set({ ...settled, claim: null, claim_until: null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('claim', '=', claim)
    .execute()
}
