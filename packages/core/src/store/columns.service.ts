import * as z from 'zod'
import { type ColumnInput, columnInputSchema } from '../catalog/column-input.ts'
import { insertColumns } from '../catalog/columns.repository.ts'
import { limits } from '../catalog/limits.ts'
import type { Column } from '../catalog/table.ts'
import { findColumn } from '../catalog/table-definition.ts'
import { loadTable, updateTable as writeTable } from '../catalog/tables.repository.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { applyColumnImage, logColumn } from './apply-column-image.ts'
import { type ColumnChangesInput, columnChangesSchema, imageAfter, lockedColumn } from './column-image.ts'
import { applyColumnOrder, columnOrder, placedAt } from './column-order.ts'
import { hideColumn, showColumn, takeColumnNumber } from './column-presence.ts'
import { addMarks } from './filled/change-fill.ts'
import { connectionStates } from './filled/connection-states.ts'
import { addResultColumn, formulasAfter } from './formulas/change-column.ts'
import { refuseInUse } from './formulas/change-formula.ts'
import { defineColumns } from './formulas/define-columns.ts'
import { startFilling } from './formulas/recompute.ts'
import { type OperationLog, startOperation, type WriteOptions } from './operation-log.ts'
import { refuseOptionsInUse } from './options-in-use.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { publicColumn } from './public-table.ts'
import { addPhysicalColumns } from './table-ddl.ts'

type Options = CallOptions & WriteOptions

/** Options of calls that others' formulas may stand in the way of. */
export type ForcedOptions = Options & { readonly force?: boolean | undefined }

export const placeSchema = z.int().min(0).max(limits.columnsPerTable).optional()

/**
 * Adds a column in O(1), however many rows there are.
 *
 * @param options `place`: its place among the columns, from 0. @default the end
 */
export async function createColumn(
  session: OrgSession,
  tableId: string,
  input: ColumnInput,
  options: Options & { readonly place?: number | undefined } = {},
): Promise<Column> {
  const checked = checkInput(columnInputSchema, input)
  const place = checkInput(placeSchema, options.place, ['place'])
  return await session.defineTable(tableId, options, async (work) => {
    const columnId = await addColumn(work, checked, place, startOperation(session.actor, options))
    return await presentColumn(work, columnId)
  })
}

/**
 * Adds a column in the caller's transaction.
 *
 * @param place among the columns, from 0. @default the end
 * @returns its id
 */
export async function addColumn(
  work: TableWork,
  input: ColumnInput,
  place: number | undefined,
  log: OperationLog,
): Promise<string> {
  const { tx, org, table, types } = work
  const number = takeColumnNumber(table)
  const [defined] = defineColumns([input], table.columns, work, false)
  if (defined === undefined) throw new OpsError('INTERNAL', 'A column was not checked.')
  const column = { ...defined, number, position: table.columns.length, pending: true }
  await insertColumns(tx.db, org.orgId, table.id, [column])
  await addPhysicalColumns(tx, org, table, [{ ...column, columnType: types.get(column.type) }])
  await applyColumnOrder(work, placedAt(await columnOrder(work), table, column.id, place ?? table.columns.length))
  await writeTable(tx.db, org.orgId, table.id, { nextColumnNumber: number + 1 })
  await logColumn(work, log, column, { deleted: true }, { deleted: false })
  if (column.formula !== null) {
    await startFilling({ ...work, table: await loadTable(tx.db, types, org.orgId, table.id) }, log)
  }
  return column.id
}

/**
 * Renames, describes, locks, hides a column, or changes its settings, default or uniqueness.
 *
 * @throws OpsError `LOCKED`, `ALREADY_EXISTS` for a key that is taken, `UNIQUE_VIOLATION` if rows already share values
 */
export async function updateColumn(
  session: OrgSession,
  tableId: string,
  columnId: string,
  changes: ColumnChangesInput,
  options: Options = {},
): Promise<Column> {
  const checked = checkInput(columnChangesSchema, changes)
  return await session.defineTable(tableId, options, async (work) => {
    const column = findColumn(work.table, columnId)
    const after = { ...imageAfter(work, column, checked), ...formulasAfter(work, column, checked) }
    if (after.number !== undefined) await addResultColumn(work, column, after)
    if (column.fill === null && (after.fill ?? null) !== null) await addMarks(work, column)
    if (after.settings !== undefined) await refuseOptionsInUse(work, column, after.settings)
    await applyColumnImage(work, startOperation(session.actor, options), column, after)
    return await presentColumn(work, column.id)
  })
}

/** Puts a column at a place among the live ones, from 0. */
export async function moveColumn(
  session: OrgSession,
  tableId: string,
  columnId: string,
  place: number,
  options: Options = {},
): Promise<readonly Column[]> {
  const to = checkInput(placeSchema.unwrap(), place, ['place'])
  return await session.defineTable(tableId, options, async (work) => {
    const column = findColumn(work.table, columnId)
    await applyColumnImage(work, startOperation(session.actor, options), column, {
      order: placedAt(await columnOrder(work), work.table, column.id, to),
    })
    const moved = await loadTable(work.tx.db, work.types, work.org.orgId, tableId)
    const connections = await connectionStates(work, [moved])
    return moved.columns.map((each) => publicColumn(each, moved, work, connections))
  })
}

/**
 * Hides a column from every read at once; its cells stay until they are purged.
 *
 * @param options `force`: also if formulas read it; they give `#REF!` then, until it is restored. @default false
 * @throws OpsError `LOCKED`, `COLUMN_IN_USE` naming the formulas
 */
export async function deleteColumn(
  session: OrgSession,
  tableId: string,
  columnId: string,
  options: ForcedOptions = {},
): Promise<void> {
  await session.defineTable(tableId, options, async (work) => {
    const column = findColumn(work.table, columnId)
    if (column.locked) throw lockedColumn(column, 'deleted')
    if (options.force !== true) refuseInUse(work, column, null, 'deleted')
    await hideColumn(work, startOperation(session.actor, options), column)
  })
}

/**
 * Brings a deleted column back with its cells. If its key was taken meanwhile it gets the next free one; if its values
 * are no longer unique it comes back as an ordinary column.
 */
export async function restoreColumn(
  session: OrgSession,
  tableId: string,
  columnId: string,
  options: Options = {},
): Promise<Column> {
  return await session.defineTable(tableId, options, async (work) => {
    await showColumn(work, startOperation(session.actor, options), columnId)
    return await presentColumn(work, columnId)
  })
}

export async function presentColumn(work: TableWork, columnId: string): Promise<Column> {
  const { tx, org, table, types } = work
  const present = await loadTable(tx.db, types, org.orgId, table.id)
  return publicColumn(findColumn(present, columnId), present, work, await connectionStates(work, [present]))
}
