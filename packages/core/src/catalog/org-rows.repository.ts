import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Json } from '../values/json.ts'
import { type OrgTable, orgTables } from './org-tables.ts'

/** A row of the catalog without its `org_id`, members named as the columns are. */
export type OrgRow = Readonly<Record<string, Json>>

/** The next rows of one table in the order of its key; `after` is the last one seen. */
export async function readOrgRows(
  db: Kysely<Database>,
  schema: string,
  orgId: string,
  table: OrgTable,
  after: OrgRow | undefined,
  limit: number,
): Promise<OrgRow[]> {
  const { key, made = [] } = orgTables[table]
  const columns = sql.join(key.map((column) => sql`t.${sql.ref(column)}`))
  const seen = sql.join(key.map((column) => after?.[column] ?? ''))
  const beyond = after === undefined ? sql`true` : key.length === 0 ? sql`false` : sql`(${columns}) > (${seen})`
  const order = key.length === 0 ? sql`1` : columns
  const { rows } = await sql<{ row: OrgRow }>`
    select to_jsonb(t) - ${['org_id', ...made]}::text[] as row from ${sql.id(schema, table)} as t
    where t.org_id = ${orgId} and ${beyond} order by ${order} limit ${limit}`.execute(db)
  return rows.map(({ row }) => row)
}

/** Columns of a catalog table that an archive may fill. */
export async function archivedColumns(db: Kysely<Database>, schema: string, table: OrgTable): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    select attname::text as name from pg_attribute
    where attrelid = ${`"${schema}"."${table}"`}::regclass and attnum > 0 and not attisdropped`.execute(db)
  const { made = [] } = orgTables[table]
  return new Set(rows.map(({ name }) => name).filter((name) => name !== 'org_id' && !made.includes(name)))
}

/** Writes rows of one table for the org; all have the same members, which are columns of the table. */
export async function insertOrgRows(
  db: Kysely<Database>,
  schema: string,
  orgId: string,
  table: OrgTable,
  rows: readonly OrgRow[],
): Promise<void> {
  const columns = sql.join(Object.keys(rows[0] ?? {}).map((name) => sql.id(name)))
  const name = sql.id(schema, table)
  const source = sql`jsonb_populate_recordset(null::${name}, ${JSON.stringify(rows)}::jsonb)`
  if (table === 'orgs') {
    // The org's own row is there already.
    await sql`update ${name} set (${columns}) = (select ${columns} from ${source}) where org_id = ${orgId}`.execute(db)
  } else {
    await sql`insert into ${name} (org_id, ${columns}) select ${orgId}, ${columns} from ${source}`.execute(db)
  }
}

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
