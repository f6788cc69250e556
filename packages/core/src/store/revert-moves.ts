import { sql } from 'kysely'
import { one } from '../db/transaction.ts'
import type { LoggedEntry } from './change-log.operations.ts'
import { movesEntry } from './moves-entry.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { missingRows } from './revert-missing.ts'
import { addConflicts, type RevertReport } from './revert-report.ts'

/**
 * Moves rows back. A row that was moved again since stays and is reported; one whose position only shifted because its
 * neighbourhood was spread out goes back.
 *
 * @returns whether an entry was written
 */
export async function revertMoves(
  work: TableWork,
  log: OperationLog,
  entry: LoggedEntry,
  report: RevertReport,
): Promise<boolean> {
  const { tx, org, table } = work
  const spread = await onlyMadeRoom(work, entry)
  const outcomes = await tx.all(sql<{ id: string; moved: boolean }>`
    with i as materialized (
      select r.id, r.before::numeric as before, r.after::numeric as after
      from ${physical.changes(org)} as c,
        rows from (unnest(c.row_ids), json_array_elements_text(c.before -> '_position'), json_array_elements_text(c.after -> '_position')) as r (id, before, after)
      where c.seq = ${entry.seq}::bigint
    ), o as materialized (
      select t._id, t._position, i.before, t._position = i.after or t._id not in (
        select unnest(l.row_ids) from ${physical.changes(org)} as l
        where l.table_id = ${table.id} and l.seq > ${entry.seq}::bigint and l.kind = 'rows-moved'
          and l.after ->> '_spread' is null and l.first_row <= ${entry.lastRow}::bigint and l.last_row >= ${entry.firstRow}::bigint
      ) as fits
      from i join ${physical.rows(org, table)} as t on t._id = i.id order by t._id for no key update of t
    ), u as (
      update ${physical.rows(org, table)} as t set _position = o.before from o where t._id = o._id and o.fits
      returning t._id, o._position as b, o.before as a
    ), l as (
      ${movesEntry(org, log.entry('rows-moved', table.id), sql`u`, { spread })}
    )
    select _id as id, fits as moved from o order by _id`)
  const stayed = outcomes.filter(({ moved }) => !moved)
  if (spread) return outcomes.length > stayed.length
  addConflicts(
    report,
    stayed.map(({ id }) => ({ tableId: table.id, rowId: id, columnId: null, reason: 'changed' })),
  )
  report.rows += outcomes.length - stayed.length
  if (outcomes.length < entry.rowCount) await missingRows(work, entry, report)
  return outcomes.length > stayed.length
}

/** The rows of the entry were not moved by anybody: they made room for others. */
async function onlyMadeRoom({ tx, org }: TableWork, entry: LoggedEntry): Promise<boolean> {
  const { spread } = one(
    await tx.all(
      sql<{
        spread: boolean
      }>`select after ->> '_spread' is not null as spread from ${physical.changes(org)} where seq = ${entry.seq}::bigint`,
    ),
  )
  return spread
}
