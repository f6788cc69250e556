import type { Actor } from '../catalog/actor.ts'
import type { ChangeRecord } from '../store/change-log.tail.ts'
import type { Cause, ChangeKind, OperationRole } from '../store/log-entry.ts'
import type { Json } from '../values/json.ts'

/** An entry of the change log: what one transaction did to up to 10,000 rows of a table, or to a definition. */
export interface Change {
  /** Its place in the log, as text; entries of one row are in the order they happened. */
  readonly seq: string
  /** ISO 8601. */
  readonly at: string
  /** What it is part of: the unit of undo. */
  readonly operation: string
  readonly role: OperationRole
  /** The operation that an undo or redo takes back. */
  readonly target: string | null
  readonly kind: ChangeKind
  readonly tableId: string
  readonly actor: Pick<Actor, 'type' | 'id'>
  /** What led to it, nearest first. */
  readonly cause: Cause | null
  readonly rowCount: number
  readonly rowIds: ChangedRows
  /** Ids of the columns whose cells or definition changed; null where whole rows came, went or moved. */
  readonly columns: readonly string[] | null
  /** Ids of the formulas' columns that were computed anew; null for none, and where whole rows came or went. Without values: read the rows. */
  readonly computed: readonly string[] | null
  /** With `values`: what was there before, by column id in the order of `rowIds`. */
  readonly before?: Json
  /** With `values`: what is there now; `{ same: value }` where all rows got one value. */
  readonly after?: Json
}

/** The rows of a change: a list in ascending order, or every id of a range. */
export type ChangedRows = { readonly ids: readonly string[] } | { readonly first: string; readonly last: string }

export function changeOf(record: ChangeRecord & { readonly kind: ChangeKind }): Change {
  const { seq, at, operation, role, target, kind, cause } = record
  return {
    seq,
    at,
    operation,
    role,
    target,
    kind,
    tableId: record.table_id,
    actor: { type: record.actor_type as Actor['type'], id: record.actor_id },
    cause,
    rowCount: record.row_count,
    rowIds: rowsOf(record),
    columns: record.column_ids,
    computed: record.computed_ids,
    ...(record.before !== undefined && { before: record.before }),
    ...(record.after !== undefined && { after: record.after }),
  }
}

function rowsOf({ first_row: first, last_row: last, row_ids: ids }: ChangeRecord): ChangedRows {
  return ids === null && first !== null && last !== null ? { first, last } : { ids: ids ?? [] }
}
