import type { Json } from '@opslayer/core/values'
import type { ActorName, InRow, InTable, Mutation, Paged, PageOf, PlainMutation, PlainQuery, Query } from './calls.ts'

export type ChangeKind =
  | 'rows-inserted'
  | 'rows-updated'
  | 'rows-deleted'
  | 'rows-moved'
  | 'rows-computed'
  | 'table'
  | 'column'
  | 'view'

/** What one entry of the change log did. */
export interface HistoryEntry {
  readonly seq: string
  readonly at: string
  readonly actor: ActorName
  /** For `undo.operation`. */
  readonly operation: string
  readonly role: 'do' | 'undo' | 'redo'
  readonly kind: ChangeKind
}

export interface RowHistoryEntry extends HistoryEntry {
  readonly cells: readonly { readonly columnId: string; readonly before: Json; readonly after: Json }[]
}

/** The one row that a change was about. */
export interface ChangedRow {
  readonly id: string
  /** Stored value of the table's first column; null for an empty cell. */
  readonly name: Json
}

export interface TableHistoryEntry extends HistoryEntry {
  readonly rowCount: number
  /** The row, where it is one alone; it may be deleted. */
  readonly row: (ChangedRow & { readonly isThere: boolean }) | null
  /** Ids of the columns whose cells or definition changed. */
  readonly columns: readonly string[] | null
  readonly before: Json
  readonly after: Json
}

export interface HistoryCalls {
  readonly row: Query<InRow & Paged, PageOf<RowHistoryEntry>>
  readonly cell: Query<InRow & Paged & { readonly columnId: string }, PageOf<RowHistoryEntry>>
  readonly table: Query<InTable & Paged, PageOf<TableHistoryEntry>>
}

/** What an undo or redo did. */
export interface RevertResult {
  readonly operation: string | null
  readonly target: string
  readonly kind: ChangeKind | null
  readonly rows: number
  /** What was left as it is because someone changed it since; at most 1,000. */
  readonly conflicts: readonly {
    readonly tableId: string
    readonly rowId: string | null
    readonly columnId: string | null
    readonly reason: string
  }[]
  readonly totalConflicts: number
  /** Where it wrote; null where that is several tables. */
  readonly tableId: string | null
  /** Ids of the columns whose cells it wrote; null where it made, deleted or moved rows. */
  readonly columns: readonly string[] | null
  /** Null where it wrote several rows, or one that is gone. */
  readonly row: ChangedRow | null
}

export interface UndoStep {
  readonly operation: string
  readonly kind: ChangeKind
  readonly tableId: string
  readonly rows: number
  readonly at: string
}

export interface UndoCalls {
  readonly undo: PlainMutation<RevertResult>
  readonly redo: PlainMutation<RevertResult>
  /** One operation of anybody; for admins. */
  readonly operation: Mutation<{ readonly operationId: string }, RevertResult>
  readonly state: PlainQuery<{ readonly undo: UndoStep | null; readonly redo: UndoStep | null }>
}
