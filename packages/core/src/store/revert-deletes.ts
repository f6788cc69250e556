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
  const outcomes = await restoreRows(work, log, entry.seq)
  const conflicts = outcomes.flatMap(({ id, outcome }): RevertConflict[] =>
    outcome === 'restored' ? [] : [{ tableId: work.table.id, rowId: id, columnId: null, reason: outcome }],
  )
  addConflicts(report, conflicts)
  report.rows += outcomes.length - conflicts.length
  return outcomes.length > conflicts.length
}
