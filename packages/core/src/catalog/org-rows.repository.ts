import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import { type OrgTable, orgTables } from './org-tables.ts'

/** Deletes up to `limit` rows of the org from one table of the catalog; returns how many. */
export async function deleteOrgRows(
  db: Kysely<Database>,
  schema: string,
  orgId: string,
  table: OrgTable,
  limit: number,
): Promise<number> {
  const name = sql.id(schema, table)
  const key = sql.join(['org_id', ...orgTables[table].key].map((column) => sql.ref(column)))
  const { numAffectedRows = 0n } = await sql`
    delete from ${name} where (${key}) in (select ${key} from ${name} where org_id = ${orgId} limit ${limit})`.execute(
    db,
  )
  return Number(numAffectedRows)
}
