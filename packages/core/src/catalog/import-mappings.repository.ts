import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Json } from '../values/json.ts'
import { jsonText } from './json-text.ts'

/** Mappings that are kept of one table; the one not used for longest goes first. */
const mappingsPerTable = 100

/** Where the columns of a kind of file went when it was imported into the table last. */
export async function findImportMapping(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
  fingerprint: string,
): Promise<Json | undefined> {
  const found = await db
    .selectFrom('import_mappings')
    .select('mapping')
    .where('org_id', '=', orgId)
    .where('table_id', '=', tableId)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst()
  return found?.mapping
}

export async function saveImportMapping(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
  fingerprint: string,
  mapping: object,
): Promise<void> {
  const text = jsonText(mapping)
  await db
    .insertInto('import_mappings')
    .values({ org_id: orgId, table_id: tableId, fingerprint, mapping: text })
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'table_id', 'fingerprint']).doUpdateSet({ mapping: text, used_at: sql`now()` }),
    )
    .execute()
  await db
    .deleteFrom('import_mappings')
    .where('org_id', '=', orgId)
    .where('table_id', '=', tableId)
    .where('fingerprint', 'in', (query) =>
      query
        .selectFrom('import_mappings')
        .select('fingerprint')
        .where('org_id', '=', orgId)
        .where('table_id', '=', tableId)
        .orderBy('used_at', 'desc')
        .offset(mappingsPerTable),
    )
    .execute()
}
