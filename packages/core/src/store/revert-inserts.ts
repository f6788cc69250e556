import { type RawBuilder, sql } from 'kysely'
import { actorText } from '../catalog/actor.ts'
import { limits } from '../catalog/limits.ts'
import { one } from '../db/transaction.ts'
import type { LoggedEntry } from './change-log.operations.ts'
import { deleteStatement } from './delete-rows.ts'
import { type OperationLog, revertingEntry } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { addConflicts, listedConflicts, type RevertReport } from './revert-report.ts'

/** What one transaction did of an entry. */
export interface RevertedChunk {
  /** Whether an entry was written that says that all of the source entry is taken back. */
  readonly closed: boolean
  /** The id behind which to go on; null at the end. */
  readonly next: string | null
}

/**
 * Deletes the rows that the entry made, at most 5,000 of them. A row that someone else has edited since stays and is
 * reported; the actor's own edits go with the row.
 */
export async function revertInserts(
  work: TableWork,
  log: OperationLog,
  entry: LoggedEntry,
  after: string,
  report: RevertReport,
): Promise<RevertedChunk> {
  const { tx, org, table } = work
  const { made, last, stays, staying } = one(
    await tx.all(sql<{ made: number; last: string | null; stays: number; staying: string[] | null }>`
      with chunk as materialized (
        select t._id, not ${mayGo(work, entry)} as stays ${madeRows(work, entry, after)} order by t._id limit ${sql.lit(limits.rowsPerCall)}
      )
      select count(*)::int as made, max(_id) as last, count(*) filter (where stays)::int as stays,
        array(select _id from chunk where stays order by _id limit ${sql.lit(listedConflicts)}) as staying
      from chunk`),
  )
  addConflicts(
    report,
    (staying ?? []).map((rowId) => ({ tableId: table.id, rowId, columnId: null, reason: 'changed' })),
    stays,
  )
  if (last === null) return { closed: false, next: null }
  const whole = made < limits.rowsPerCall
  const entryLog = whole ? revertingEntry(log, entry.seq) : log
  const gone = await tx.all(
    deleteStatement(
      org,
      table,
      entryLog.entry('rows-deleted', table.id),
      sql`${madeRows(work, entry, after)} and t._id <= ${last}::bigint and ${mayGo(work, entry)}`,
    ),
  )
  report.rows += gone.length
  if (gone.length > 0) log.written()
  return { closed: whole && gone.length > 0, next: whole ? null : last }
}

/** `from … where …`: rows of the entry behind `after` that are there, as `t`, their version when they were made as `r`. */
function madeRows({ org, table }: TableWork, entry: LoggedEntry, after: string): RawBuilder<unknown> {
  const rows = sql`${physical.rows(org, table)} as t`
  if (entry.wholeRange) {
    return sql`
      from ${rows}, (values ('1')) as r (version)
      where t._id > ${after}::bigint and t._id between ${entry.firstRow}::bigint and ${entry.lastRow}::bigint`
  }
  return sql`
    from ${physical.changes(org)} as c,
      rows from (unnest(c.row_ids), json_array_elements_text(c.after -> '_version')) as r (id, version), ${rows}
    where c.seq = ${entry.seq}::bigint and t._id = r.id and t._id > ${after}::bigint`
}

/** Nobody else has edited the row since: its version is the first one, or all later ones are the actor's own. */
function mayGo({ org, table, actor }: TableWork, entry: LoggedEntry): RawBuilder<unknown> {
  return sql`(
    t._version = coalesce(r.version, '1')::int
    or (t._updated_by = ${actorText(actor)} and t._id not in (
      select unnest(l.row_ids) from ${physical.changes(org)} as l
      where l.table_id = ${table.id} and l.seq > ${entry.seq}::bigint and l.kind = 'rows-updated'
        and (l.actor_type, l.actor_id) <> (${actor.type}, ${actor.id})
        and l.first_row <= ${entry.lastRow}::bigint and l.last_row >= ${entry.firstRow}::bigint
    ))
  )`
}
