import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import type { ViewRecord } from '../db/tables/views.db.ts'

/** Every live view of a table, whoever's it is: for what is made for all of them, such as indexes. */
export async function listViewsOfAll(db: Kysely<Database>, orgId: string, tableId: string): Promise<ViewRecord[]> {
  return await db
    .selectFrom('views')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('table_id', '=', tableId)
    .where('deleted_at', 'is', null)
    .execute()
}
