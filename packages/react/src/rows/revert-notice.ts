import type { RevertResult } from '../data/client/history-calls.ts'
import type { OpsTableInfo } from '../data/client/tables-calls.ts'
import type { UserNotice } from '../ui/notice-queue.ts'
import { type ChangeWords, fieldNames, rowName } from './changed-row.ts'

/** The table on the screen: its rows are named, and shown on demand. */
export interface UndoPlace {
  readonly table: OpsTableInfo
  onOpenRow(rowId: string): void
}

/** What an undo or redo did, as a notice: which row and fields where it is one row of the table on the screen. */
export function revertNotice(
  kind: 'undone' | 'redone',
  result: RevertResult,
  { context, translate, types }: Omit<ChangeWords, 'columns'>,
  shown: UndoPlace | undefined,
): UserNotice {
  const { rows, totalConflicts, row, columns } = result
  const told = {
    kind: totalConflicts > 0 ? ('info' as const) : ('done' as const),
    ...(totalConflicts > 0 && { detail: translate('table.conflicts', { count: totalConflicts }) }),
  }
  if (row === null || shown === undefined || shown.table.id !== result.tableId) {
    return { ...told, text: rows > 0 ? translate(`table.${kind}-rows`, { count: rows }) : translate(`table.${kind}`) }
  }
  const words = { columns: shown.table.columns, context, translate, types }
  const name = rowName(row, words)
  return {
    ...told,
    text:
      columns === null || columns.length === 0
        ? translate(`table.${kind}-row`, { row: name })
        : translate(`table.${kind}-cells`, { row: name, fields: fieldNames(columns, words) }),
    action: { label: translate('history.show-row'), run: () => shown.onOpenRow(row.id) },
  }
}
