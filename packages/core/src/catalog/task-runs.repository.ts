import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'

/**
 * Has runs go on at once that wait for a vendor's task: by the name that the vendor has for it, as their checkpoint keeps it.
 * One that is woken by chance asks once more, and waits on.
 *
 * @returns their ids
 */
export async function endTaskWaits(db: Kysely<Database>, orgId: string, ref: string): Promise<string[]> {
  const woken = await db
    .updateTable('runs')
    .set({ resume_at: null })
    .where('org_id', '=', orgId)
    .where('state', '=', 'queued')
    .where('resume_at', 'is not', null)
    .where(sql<boolean>`checkpoint -> 'task' ->> 'ref' = ${ref}`)
    .returning('id')
    .execute()
  return woken.map(({ id }) => id)
}
