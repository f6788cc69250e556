/** Why something was left as it is. */
export type RevertConflictReason =
  /** The cell, row or setting was changed by someone since. */
  | 'changed'
  /** Another row has the value of a unique column, or the external key, by now. */
  | 'unique'
  /** The row was deleted since. */
  | 'row-deleted'
  /** The row is there again already. */
  | 'row-exists'
  /** The column was deleted since, or its cells purged. */
  | 'column-deleted'
  /** The column has another type since. */
  | 'column-retyped'
  /** The column is locked. */
  | 'locked'
  /** The table was deleted since. */
  | 'table-deleted'

/** Something that undo, redo or restore left alone. */
export interface RevertConflict {
  readonly tableId: string
  /** null where the conflict is about a column or a table. */
  readonly rowId: string | null
  /** null where it is about a whole row or a table. */
  readonly columnId: string | null
  readonly reason: RevertConflictReason
}

/** Conflicts listed at most; all are counted. */
export const listedConflicts = 1_000

/** What was done so far. */
export interface RevertReport {
  rows: number
  readonly conflicts: RevertConflict[]
  totalConflicts: number
}

export function emptyRevertReport(): RevertReport {
  return { rows: 0, conflicts: [], totalConflicts: 0 }
}

/** Counts `total` conflicts, of which `conflicts` are known one by one. */
export function addConflicts(
  report: RevertReport,
  conflicts: readonly RevertConflict[],
  total: number = conflicts.length,
): void {
  report.totalConflicts += total
  report.conflicts.push(...conflicts.slice(0, listedConflicts - report.conflicts.length))
}
