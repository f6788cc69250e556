import * as z from 'zod'
import type { Actor } from '../catalog/actor.ts'
import { limits } from '../catalog/limits.ts'
import { findColumn } from '../catalog/table-definition.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import {
  type HistoryPage,
  type RowHistoryRecord,
  rowHistory,
  type TableHistoryRecord,
  tableHistory,
} from '../store/change-log.history.ts'
import type { Cause, ChangeKind, OperationRole } from '../store/log-entry.ts'
import { namedRows } from '../store/named-rows.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import { rowIdSchema } from '../store/row-id.ts'
import { seesRow } from '../store/seen-rows.ts'
import { hiddenColumns } from '../store/table-access.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import type { Json } from '../values/json.ts'
import { type CellChange, cellChanges, deletedCell } from './cell-changes.ts'
import type { ChangedRow } from './changed-row.ts'

/** What one entry of the change log did. */
export interface HistoryEntry {
  readonly seq: string
  /** ISO 8601. */
  readonly at: string
  readonly actor: Pick<Actor, 'type' | 'id'>
  /** What led to it, nearest first. */
  readonly cause: Cause | null
  /** For `undoOperation`. */
  readonly operation: string
  readonly role: OperationRole
  /** The operation that an undo or redo took back. */
  readonly target: string | null
  readonly kind: ChangeKind
}

export interface RowHistoryEntry extends HistoryEntry {
  /** The cells of this row that changed; of a deletion all that were filled. The log keeps no values of insertions. */
  readonly cells: readonly CellChange[]
}

export interface TableHistoryEntry extends HistoryEntry {
  readonly rowCount: number
  /** The row, where it is one alone; one that is gone only by its deletion. */
  readonly row: (ChangedRow & { readonly isThere: boolean }) | null
  /** Ids of the columns whose cells or definition changed. */
  readonly columns: readonly string[] | null
  /** What a definition was before and after; null for changes of rows. */
  readonly before: Json
  readonly after: Json
}

const pageSchema = z.object({
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, 'The cursor is not one that this history gave.')
    .optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).optional(),
})

const defaultLimit = 50

/** What happened to a row, newest first, as far back as the change log goes; also of a row that is deleted. */
export async function readRowHistory(
  session: OrgSession,
  tableId: string,
  rowId: string,
  options: ListOptions = {},
): Promise<Page<RowHistoryEntry>> {
  const id = checkInput(rowIdSchema, rowId, ['rowId'])
  return await paged(session, tableId, options, async (work, page) => {
    if (!(await seesRow(work, id))) return []
    const hidden = new Set(hiddenColumns(work.table))
    const records = await rowHistory(work, id, null, page)
    return records.map((record) => {
      const cells = cellChanges(work.table, record).filter(({ columnId }) => !hidden.has(columnId))
      return { ...entryOf(record), cells }
    })
  })
}

/**
 * What happened to one cell, newest first: its changes, and the making, deletion and restoring of its row.
 *
 * @throws OpsError `NOT_FOUND` for an unknown column
 */
export async function readCellHistory(
  session: OrgSession,
  tableId: string,
  rowId: string,
  columnId: string,
  options: ListOptions = {},
): Promise<Page<RowHistoryEntry>> {
  const id = checkInput(rowIdSchema, rowId, ['rowId'])
  return await paged(session, tableId, options, async (work, page) => {
    const column = findColumn(work.table, columnId)
    if (!(await seesRow(work, id))) return []
    const records = await rowHistory(work, id, column.id, page)
    return records.map((record) => {
      const cells = cellChanges(work.table, record).filter((cell) => cell.columnId === column.id)
      return { ...entryOf(record), cells }
    })
  })
}

/** What happened to a table: its rows in bulk, its columns, itself; newest first. */
export async function readTableHistory(
  session: OrgSession,
  tableId: string,
  options: ListOptions = {},
): Promise<Page<TableHistoryEntry>> {
  return await paged(session, tableId, options, async (work, page) => {
    const records = await tableHistory(work, page)
    const names = await namedRows(work, [...new Set(records.flatMap(({ row_id: id }) => id ?? []))])
    return records.map((record) => ({
      ...entryOf(record),
      rowCount: record.row_count,
      row: rowOf(work, record, names),
      columns: record.column_ids,
      before: record.before,
      after: record.after,
    }))
  })
}

function rowOf(
  { table }: TableWork,
  { row_id: id, deleted_row: deleted }: TableHistoryRecord,
  names: ReadonlyMap<string, Json>,
): TableHistoryEntry['row'] {
  if (id === null) return null
  const name = names.get(id)
  if (name !== undefined) return { id, name, isThere: true }
  const [first] = table.columns
  if (deleted === null || first === undefined) return null
  return { id, name: deletedCell(deleted, first), isThere: false }
}

async function paged<Entry extends HistoryEntry>(
  session: OrgSession,
  tableId: string,
  { cursor, limit, signal, timeoutMs }: ListOptions,
  read: (work: Parameters<Parameters<OrgSession['readTable']>[2]>[0], page: HistoryPage) => Promise<Entry[]>,
): Promise<Page<Entry>> {
  const checked = checkInput(pageSchema, { cursor, limit })
  const wanted = checked.limit ?? defaultLimit
  const call: CallOptions = { signal, timeoutMs }
  return await session.readTable(tableId, call, async (work) => {
    const found = await read(work, { before: checked.cursor ?? null, limit: wanted + 1 })
    const items = found.slice(0, wanted)
    return { items, nextCursor: found.length > wanted ? (items.at(-1)?.seq ?? null) : null }
  })
}

function entryOf(record: RowHistoryRecord | TableHistoryRecord): HistoryEntry {
  const { seq, at, operation, role, target, kind, cause } = record
  return {
    seq,
    at,
    actor: { type: record.actor_type as Actor['type'], id: record.actor_id },
    cause,
    operation,
    role,
    target,
    kind,
  }
}
