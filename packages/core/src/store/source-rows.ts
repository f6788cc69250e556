import { sql } from 'kysely'
import { deleteStatement } from './delete-rows.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'

/**
 * Ids of the next rows that came from a source, in their order, without those that were made since a moment.
 *
 * @param source what stands in `_source` as their id
 * @param after id of the last row that was looked at
 */
export async function rowsOfSource(
  { tx, org, table }: TableWork,
  source: string,
  { after, madeBefore, limit }: { readonly after: string; readonly madeBefore: string; readonly limit: number },
): Promise<readonly string[]> {
  if (!table.hasExternal) return []
  const found = await tx.all(sql<{ id: string }>`
    select t._id as id from ${physical.rows(org, table)} as t
    where t._id > ${after}::bigint and t._external_key is not null and t._source ->> 'id' = ${source}
      and t._created_at < ${madeBefore}::timestamptz
    order by t._id limit ${sql.lit(limit)}`)
  return found.map(({ id }) => id)
}

/** Deletes rows in the caller's transaction. @returns how many were there */
export async function deleteRowsOf(
  { tx, org, table }: TableWork,
  ids: readonly string[],
  log: OperationLog,
): Promise<number> {
  if (ids.length === 0) return 0
  const gone = await tx.all(
    deleteStatement(
      org,
      table,
      log.entry('rows-deleted', table.id),
      sql`from ${physical.rows(org, table)} as t where t._id = any (${ids}::bigint[])`,
    ),
  )
  if (gone.length > 0) log.written()
  return gone.length
}
