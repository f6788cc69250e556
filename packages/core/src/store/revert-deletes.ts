import type { LoggedEntry } from './change-log.operations.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { restoreRows } from './restore-deleted.ts'
import { addConflicts, type RevertConflict, type RevertReport } from './revert-report.ts'

/**
 * Brings the rows of a deletion back. A row whose unique value or external key another row has by now is reported.
 *
 * @returns whether an entry was written
 */
export async function revertDeletes(
  work: TableWork,
  log: OperationLog,
  entry: LoggedEntry,
  report: RevertReport,
): Promise<boolean> {
  const { restored, refused } = await restoreRows(work, log, { seq: entry.seq, count: entry.rowCount })
  addConflicts(
    report,
    refused.map(({ id, reason }): RevertConflict => ({ tableId: work.table.id, rowId: id, columnId: null, reason })),
  )
  report.rows += restored.length
  return restored.length > 0
}
