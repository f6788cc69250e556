import { sql } from 'kysely'
import { one } from '../../db/transaction.ts'
import type { TableWork } from '../org-session.ts'
import { physical, rowsName, schemaName } from '../physical-names.ts'

/** Rows counted one by one before PostgreSQL's own guess is taken. */
const counted = 10_000

/** About how many rows the table has: exact for small ones, else what PostgreSQL thinks. */
export async function estimatedRows({ tx, org, table }: TableWork): Promise<number> {
  const { rows } = one(
    await tx.all(sql<{ rows: number }>`
      select greatest(
        (select count(*) from (select from ${physical.rows(org, table)} limit ${sql.lit(counted)}) as few),
        (select reltuples::bigint from pg_class where oid = ${`${schemaName(org)}.${rowsName(table)}`}::regclass)
      )::int as rows`),
  )
  return rows
}
