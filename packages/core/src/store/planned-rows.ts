import { type RawBuilder, sql } from 'kysely'
import { checkFilter } from '../query/check-filter.ts'
import { compileFilter } from '../query/compile-filter.ts'
import type { Filter } from '../query/filter.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { queryTableOf } from './query-table-of.ts'

/** Which rows something is done for, in the order of their ids. */
export interface RowChoice {
  /** Those of these ids, or those that satisfy a filter; null for all. */
  readonly rows: { readonly ids: readonly string[] } | { readonly filter: Filter | null }
  /** And that. */
  readonly condition: Filter | null
}

/** Ids of the next rows after one. */
export async function plannedRows(
  work: TableWork,
  choice: RowChoice,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const { tx, org, table } = work
  const found = await tx.all(sql<{ id: string }>`
    select t._id as id from ${physical.rows(org, table)} as t
    where t._id > ${after}::bigint and ${conditionOf(work, choice)} order by t._id limit ${sql.lit(limit)}`)
  return found.map(({ id }) => String(id))
}

/** How many rows there are. */
export async function countPlanned(work: TableWork, choice: RowChoice): Promise<number> {
  const { tx, org, table } = work
  const [row] = await tx.all(
    sql<{
      count: number
    }>`select count(*)::float8 as count from ${physical.rows(org, table)} as t where ${conditionOf(work, choice)}`,
  )
  return row?.count ?? 0
}

function conditionOf(work: TableWork, { rows, condition }: RowChoice): RawBuilder<unknown> {
  const chosen = 'ids' in rows ? sql`t._id = any (${rows.ids}::bigint[])` : filterOf(work, rows.filter)
  return sql`${chosen} and ${filterOf(work, condition)}`
}

function filterOf(work: TableWork, filter: Filter | null): RawBuilder<unknown> {
  return filter === null ? sql`true` : compileFilter(checkFilter(filter, queryTableOf(work), work.context))
}
