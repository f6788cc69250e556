import type { PgClient } from './pool.ts'

/**
 * Whether the catalog has the table. Why not `to_regclass`: it answers from a cache of the backend, which may still
 * say no after another process has made the table and the lock that was waited for is ours.
 */
export async function hasCatalogTable(client: PgClient, schema: string, table: string): Promise<boolean> {
  const { rows } = await client.query({
    text: `select from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relname = $2`,
    values: [schema, table],
  })
  return rows.length > 0
}
