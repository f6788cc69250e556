import { sql } from 'kysely'
import { type PhysicalRow, projection } from '../query/projection.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { queryColumnOf } from './query-table-of.ts'
import { rowSystemColumns } from './row.ts'

/** Deletions looked through in one statement. */
const entriesPerStep = 50

/** The latest deletion of each row, as entry → rows; rows without one are left out. */
export async function latestDeletions(
  { tx, org, table }: TableWork,
  rowIds: readonly string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  const wanted = new Set(rowIds)
  let before: string | null = null
  while (wanted.size > 0) {
    const step: { seq: string; ids: string[] }[] = await tx.all(sql<{ seq: string; ids: string[] }>`
      select c.seq, array(
        select id from unnest(c.row_ids) as id where id = any (${[...wanted]}::bigint[])
      ) as ids
      from ${physical.changes(org)} as c
      where c.table_id = ${table.id} and c.kind = 'rows-deleted' and ${before === null ? sql`true` : sql`c.seq < ${before}::bigint`}
      order by c.seq desc limit ${sql.lit(entriesPerStep)}`)
    for (const { seq, ids } of step) {
      const fresh = ids.filter((id) => wanted.delete(id))
      if (fresh.length > 0) found.set(seq, fresh)
    }
    if (step.length < entriesPerStep) break
    before = step.at(-1)?.seq ?? null
  }
  return found
}

/** A place in the list of deleted rows: an entry, newest first, and a row of it. */
export interface TrashPlace {
  readonly seq: string
  /** The last row seen of the entry; 0 before the first. */
  readonly row: string
}

/** A row as its deletion keeps it, with the members of the deletion before it. */
export type DeletedRecord = PhysicalRow & {
  readonly deleted_at: string
  readonly deleting_operation: string
  readonly deleting_actor_type: string
  readonly deleting_actor_id: string
}

/** The next deletion in the list, at or behind a place. */
export async function nextDeletion(
  { tx, org, table }: TableWork,
  place: TrashPlace | null,
): Promise<{ readonly seq: string; readonly last: string } | undefined> {
  const behind =
    place === null
      ? sql`true`
      : sql`(c.seq < ${place.seq}::bigint or (c.seq = ${place.seq}::bigint and c.last_row > ${place.row}::bigint))`
  const [found] = await tx.all(sql<{ seq: string; last: string }>`
    select c.seq, c.last_row as last from ${physical.changes(org)} as c
    where c.table_id = ${table.id} and c.kind = 'rows-deleted' and c.row_count > 0 and ${behind}
    order by c.seq desc limit 1`)
  return found
}

/**
 * Rows of one deletion that are still deleted and were not deleted again later, in the order of their ids, as their
 * physical rows under the alias `t`.
 */
export async function deletedRows(
  { tx, org, table }: TableWork,
  seq: string,
  options: { readonly after: string; readonly limit: number },
): Promise<DeletedRecord[]> {
  const changes = physical.changes(org)
  const rows = physical.rows(org, table)
  const columns = [...table.columns.map(queryColumnOf), ...rowSystemColumns]
  return await tx.all(sql<DeletedRecord>`
    select c.at as deleted_at, c.operation as deleting_operation, c.actor_type as deleting_actor_type,
      c.actor_id as deleting_actor_id, p.*
    from ${changes} as c,
      lateral (
        select ${projection(columns)} from json_populate_recordset(null::${rows}, c.before -> '_rows') as t
        where t._id > ${options.after}::bigint
          and not exists (select 1 from ${rows} as live where live._id = t._id)
          and t._id not in (
            select unnest(l.row_ids) from ${changes} as l
            where l.table_id = ${table.id} and l.kind = 'rows-deleted' and l.seq > c.seq
              and l.first_row <= c.last_row and l.last_row >= c.first_row
          )
        order by t._id limit ${sql.lit(options.limit)}
      ) as p
    where c.seq = ${seq}::bigint
    order by p._id`)
}
