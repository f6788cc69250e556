import { sql } from 'kysely'
import type { Json } from '../values/json.ts'
import type { ChangeRecord } from './change-log.tail.ts'
import type { ChangeKind } from './log-entry.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'

/** What an entry did to one row. */
export interface RowHistoryRecord
  extends Pick<
    ChangeRecord,
    'seq' | 'at' | 'operation' | 'role' | 'target' | 'actor_type' | 'actor_id' | 'cause' | 'column_ids'
  > {
  readonly kind: ChangeKind
  readonly column_numbers: readonly number[] | null
  /** By column id; of a deletion the physical row. */
  readonly before: Readonly<Record<string, Json>> | null
  readonly after: Readonly<Record<string, Json>> | null
}

export interface HistoryPage {
  /** Entries before this number; null for the newest. */
  readonly before: string | null
  readonly limit: number
}

/**
 * Entries about one row, newest first. Whether an entry is about the row is decided by its first and last id where
 * possible; only then is its list of ids read, and its values only for the entries of the page.
 *
 * @param columnId only entries about this column, and those that made, removed or restored the row
 */
export async function rowHistory(
  { tx, org, table }: TableWork,
  rowId: string,
  columnId: string | null,
  page: HistoryPage,
): Promise<RowHistoryRecord[]> {
  const ofColumn =
    columnId === null
      ? sql`true`
      : sql`(c.kind in ('rows-inserted', 'rows-deleted') or c.column_ids @> ${[columnId]}::text[])`
  const wanted = columnId === null ? sql`m.key <> '_warnings'` : sql`m.key = ${columnId}`
  const cells = (image: 'before' | 'after'): ReturnType<typeof sql> => sql`(
    select json_object_agg(m.key, case json_typeof(m.value) when 'array' then m.value -> p.place when 'object' then m.value -> 'same' end)
    from json_each(p.${sql.id(image)}) as m where ${wanted})`
  return await tx.all(sql<RowHistoryRecord>`
    select p.seq, p.at, p.operation, p.role, p.target, p.kind, p.actor_type, p.actor_id, p.cause, p.column_ids,
      to_json(p.column_numbers) as column_numbers,
      case p.kind when 'rows-deleted' then p.before -> '_rows' -> p.place when 'rows-updated' then ${cells('before')} end as before,
      case p.kind when 'rows-updated' then ${cells('after')} end as after
    from (
      select c.*, array_position(c.row_ids, ${rowId}::bigint) - 1 as place
      from ${physical.changes(org)} as c
      where c.table_id = ${table.id} and c.first_row <= ${rowId}::bigint and c.last_row >= ${rowId}::bigint
        and ${page.before === null ? sql`true` : sql`c.seq < ${page.before}::bigint`} and ${ofColumn}
        and c.kind <> 'rows-computed' and (c.row_ids is null or c.row_ids @> array[${rowId}::bigint])
      order by c.seq desc limit ${sql.lit(page.limit)}
    ) as p
    order by p.seq desc`)
}

/** What an entry did to a table. */
export interface TableHistoryRecord extends Omit<RowHistoryRecord, 'column_numbers'> {
  readonly row_count: number
  /** The row, where it is only one. */
  readonly row_id: string | null
  /** The physical row, where only one was deleted. */
  readonly deleted_row: Readonly<Record<string, Json>> | null
}

/** Entries about a table, newest first; before- and after-images only of definitions. */
export async function tableHistory({ tx, org, table }: TableWork, page: HistoryPage): Promise<TableHistoryRecord[]> {
  const image = (name: 'before' | 'after'): ReturnType<typeof sql> =>
    sql`case when c.kind in ('table', 'column') then c.${sql.id(name)} end as ${sql.id(name)}`
  return await tx.all(sql<TableHistoryRecord>`
    select c.seq, c.at, c.operation, c.role, c.target, c.kind, c.actor_type, c.actor_id, c.cause, c.column_ids, c.row_count,
      case c.row_count when 1 then c.first_row end as row_id,
      case when c.kind = 'rows-deleted' and c.row_count = 1 then c.before -> '_rows' -> 0 end as deleted_row,
      ${image('before')}, ${image('after')}
    from ${physical.changes(org)} as c
    where c.table_id = ${table.id} and ${page.before === null ? sql`true` : sql`c.seq < ${page.before}::bigint`}
      and c.kind <> 'rows-computed' and (c.row_count > 0 or (c.kind in ('table', 'column') and c.before is not null))
    order by c.seq desc limit ${sql.lit(page.limit)}`)
}
