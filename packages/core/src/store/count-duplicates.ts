import { sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { one } from '../db/transaction.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'

/** How many values occur more than once in a column, and in how many rows. */
export async function countDuplicates(
  { tx, org, table }: TableWork,
  column: ColumnDefinition,
): Promise<{ values: number; rows: number }> {
  const cell = physical.values(column)
  const found = one(
    await tx.all(sql<{ values: number; rows: number }>`
      select count(*)::int as values, coalesce(sum(n), 0)::int as rows
      from (select count(*) as n from ${physical.rows(org, table)} where ${cell} is not null group by ${cell} having count(*) > 1) as d`),
  )
  return found
}
