import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { say } from '../sentences/say.ts'
import { latestDeletions } from '../store/change-log.trash.ts'
import { startOperation, type WriteOptions } from '../store/operation-log.ts'
import type { OrgSession } from '../store/org-session.ts'
import { restoreRows } from '../store/restore-deleted.ts'
import type { RevertConflict } from '../store/revert-report.ts'
import { rowIdSchema } from '../store/row-id.ts'

export interface RestoreResult {
  readonly restored: readonly string[]
  /** Rows of which the change log keeps no deletion. */
  readonly missing: readonly string[]
  /** Rows that are there again already, or whose unique value another row has by now. */
  readonly conflicts: readonly RevertConflict[]
  /** For undo; null if no row came back. */
  readonly operation: string | null
}

const idsSchema = z
  .array(rowIdSchema)
  .max(limits.rowsPerCall, say('At most {#count} rows in one call.', { count: limits.rowsPerCall }))

/** Brings up to 5,000 deleted rows back, each as its latest deletion left it: with its id, place and version. */
export async function restoreDeletedRows(
  session: OrgSession,
  tableId: string,
  rowIds: readonly string[],
  options: CallOptions & WriteOptions = {},
): Promise<RestoreResult> {
  const ids = [...new Set(checkInput(idsSchema, rowIds, ['rowIds']))]
  return await session.writeTable(tableId, options, async (work) => {
    const log = startOperation(session.actor, options)
    const deletions = await latestDeletions(work, ids)
    const restored = new Set<string>()
    const conflicts: RevertConflict[] = []
    for (const [seq, rows] of [...deletions].reverse()) {
      const back = await restoreRows(work, log, { seq, count: rows.length, only: rows })
      for (const id of back.restored) restored.add(id)
      for (const { id, reason } of back.refused) conflicts.push({ tableId, rowId: id, columnId: null, reason })
    }
    const kept = new Set([...deletions.values()].flat())
    return {
      restored: ids.filter((id) => restored.has(id)),
      missing: ids.filter((id) => !kept.has(id)),
      conflicts,
      operation: log.id(),
    }
  })
}
