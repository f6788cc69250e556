import type { CallOptions } from '../db/transaction.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { entriesOf } from '../store/change-log.operations.ts'
import { namedRows } from '../store/named-rows.ts'
import type { OrgSession } from '../store/org-session.ts'
import { hiddenColumns } from '../store/table-access.ts'
import type { Json } from '../values/json.ts'

/** The one row that a change was about, for people. */
export interface ChangedRow {
  readonly id: string
  /** Stored value of the table's first column; null for an empty cell. */
  readonly name: Json
}

/** Where an operation wrote, as far as that is one table and one row. */
export interface ChangedPlace {
  /** Null where it wrote into several tables or none. */
  readonly tableId: string | null
  /** Ids of the columns whose cells it wrote; null where it made, deleted or moved rows. */
  readonly columns: readonly string[] | null
  /** Null where it wrote several rows, or one that is gone or not the actor's to see. */
  readonly row: ChangedRow | null
}

const nowhere: ChangedPlace = { tableId: null, columns: null, row: null }

/** Entries looked at: an operation with more is about many rows. */
const mostEntries = 20

/** Where an operation wrote. Says less, and fails never, where its table is gone or not the actor's. */
export async function placeOfOperation(
  session: OrgSession,
  operation: string | null,
  options: CallOptions,
): Promise<ChangedPlace> {
  if (operation === null) return nowhere
  try {
    const entries = await session.read(options, (work) => entriesOf(work, operation, mostEntries))
    const [first] = entries
    if (first === undefined || entries.some(({ tableId }) => tableId !== first.tableId)) return nowhere
    return await session.readTable(first.tableId, options, async (work) => {
      const hidden = new Set(hiddenColumns(work.table))
      const wrote = entries.every(({ kind }) => kind === 'rows-updated')
      const columns = new Set(entries.flatMap(({ columnIds }) => columnIds ?? []).filter((id) => !hidden.has(id)))
      const rows = new Set(entries.map(({ firstRow, rowCount }) => (rowCount === 1 ? firstRow : null)))
      const [rowId = null] = rows
      const names = rows.size === 1 && rowId !== null ? await namedRows(work, [rowId]) : new Map<string, Json>()
      const name = rowId === null ? undefined : names.get(rowId)
      return {
        tableId: first.tableId,
        columns: wrote ? [...columns] : null,
        row: rowId === null || name === undefined ? null : { id: rowId, name },
      }
    })
  } catch (error) {
    if (isOpsError(error, 'NOT_FOUND') || isOpsError(error, 'FORBIDDEN')) return nowhere
    throw error
  }
}
