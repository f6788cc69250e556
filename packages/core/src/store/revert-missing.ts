import { sql } from 'kysely'
import { one } from '../db/transaction.ts'
import type { LoggedEntry } from './change-log.operations.ts'
import type { TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { addConflicts, listedConflicts, type RevertReport } from './revert-report.ts'

/** Reports the rows of an entry that the table no longer has. */
export async function missingRows(work: TableWork, entry: LoggedEntry, report: RevertReport): Promise<void> {
  const { tx, org, table } = work
  const { total, ids } = one(
    await tx.all(sql<{ total: number; ids: string[] | null }>`
      with gone as (
        select id from ${physical.changes(org)} as c, unnest(c.row_ids) as id
        where c.seq = ${entry.seq}::bigint and not exists (select 1 from ${physical.rows(org, table)} as t where t._id = id)
      )
      select (select count(*) from gone)::int as total, array(select id from gone order by id limit ${sql.lit(listedConflicts)}) as ids`),
  )
  addConflicts(
    report,
    (ids ?? []).map((rowId) => ({ tableId: table.id, rowId, columnId: null, reason: 'row-deleted' })),
    total,
  )
}
