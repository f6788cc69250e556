import { sql } from 'kysely'
import type { OpenDatabase } from '../db/open-database.ts'
import { type CallOptions, one } from '../db/transaction.ts'

/*
 * What is asked over all orgs of a database, in the system role: the one place where no org is named.
 */

/** Live orgs whose schema is older than `version`, in the order of their ids; `after` is the last one seen. */
export async function orgsBehind(
  database: OpenDatabase,
  version: number,
  after: string,
  limit: number,
  options: CallOptions = {},
): Promise<string[]> {
  return await database.transaction({ ...options, scope: { kind: 'system' }, mode: 'read' }, async ({ db }) => {
    const rows = await db
      .selectFrom('orgs')
      .select('org_id')
      .where('schema_version', '<', version)
      .where('state', '=', 'live')
      .where('org_id', '>', after)
      .orderBy('org_id')
      .limit(limit)
      .execute()
    return rows.map(({ org_id }) => org_id)
  })
}

/** How many orgs there are, and how their schemas stand to a version. */
export async function countOrgs(
  database: OpenDatabase,
  version: number,
): Promise<{ all: number; behind: number; newer: number }> {
  return await database.transaction({ scope: { kind: 'system' }, mode: 'read' }, async (tx) =>
    one(
      await tx.all(sql<{ all: number; behind: number; newer: number }>`
        select count(*)::int as all, (count(*) filter (where schema_version < ${version}))::int as behind,
          (count(*) filter (where schema_version > ${version}))::int as newer
        from ${sql.id(database.schema, 'orgs')}`),
    ),
  )
}
