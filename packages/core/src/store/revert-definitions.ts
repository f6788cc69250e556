import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { one } from '../db/transaction.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { applyColumnImage } from './apply-column-image.ts'
import type { LoggedEntry } from './change-log.operations.ts'
import { type ColumnImage, columnImage } from './column-image.ts'
import { columnOrder } from './column-order.ts'
import { hideColumn, showColumn } from './column-presence.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork, Work } from './org-session.ts'
import { physical, rowsName, schemaName, valuesName } from './physical-names.ts'
import { addConflicts, type RevertConflictReason, type RevertReport } from './revert-report.ts'
import { applyTableImage, type TableImage } from './tables.service.ts'

/** Before and after of an entry about a definition. */
export interface LoggedImages<Image> {
  readonly before: Image
  readonly after: Image
}

export async function loggedImages<Image>({ tx, org }: Work, seq: string): Promise<LoggedImages<Image>> {
  return one(
    await tx.all(
      sql<LoggedImages<Image>>`select before, after from ${physical.changes(org)} where seq = ${seq}::bigint`,
    ),
  )
}

/**
 * Takes back the making, deleting, restoring or renaming of a table.
 *
 * @returns whether an entry was written
 */
export async function revertTable(
  work: TableWork,
  log: OperationLog,
  entry: LoggedEntry,
  images: LoggedImages<TableImage>,
  report: RevertReport,
): Promise<boolean> {
  const { table } = work
  const present: TableImage = { name: table.name, description: table.description, deleted: table.deletedAt !== null }
  const back = unchangedMembers(images, present)
  const appears = images.after.deleted === false
  const blocked = appears && (await writtenByOthers(work, entry))
  if (blocked || Object.keys(back).length < Object.keys(images.before).length) {
    addConflicts(report, [{ tableId: table.id, rowId: null, columnId: null, reason: 'changed' }])
  }
  if (blocked || Object.keys(back).length === 0) return false
  const left = Object.fromEntries(Object.keys(back).map((key) => [key, present[key as keyof TableImage]]))
  await applyTableImage(work, log, left, back)
  return true
}

/**
 * Takes back the making, deleting, restoring or changing of a column. What is no longer as the entry left it stays.
 *
 * @returns whether an entry was written
 */
export async function revertColumn(
  work: TableWork,
  log: OperationLog,
  entry: LoggedEntry,
  images: LoggedImages<ColumnImage & { readonly column: string }>,
  report: RevertReport,
): Promise<boolean> {
  const { column: columnId } = images.after
  const conflict = (reason: RevertConflictReason): false => {
    addConflicts(report, [{ tableId: work.table.id, rowId: null, columnId, reason }])
    return false
  }
  const column = work.table.columns.find(({ id }) => id === columnId)
  if (images.after.deleted === true) {
    if (column !== undefined) return conflict('changed')
    return await attempt(() => showColumn(work, log, columnId), conflict)
  }
  if (column === undefined) return conflict('column-deleted')
  if (images.after.deleted === false) {
    if (column.locked) return conflict('locked')
    if (column.formula === null && (await writtenByOthers(work, entry, column))) return conflict('changed')
    await hideColumn(work, log, column)
    return true
  }
  const { column: _id, ...image } = unchangedMembers(images, {
    ...columnImage(column, await presentOrder(work, images.after)),
    column: columnId,
  })
  const members = Object.keys(images.before).length - 1
  if (Object.keys(image).length < members) conflict('changed')
  if (Object.keys(image).length === 0) return false
  if (isHeld(column, image)) return conflict('locked')
  if (image.number !== undefined) {
    if (!(await hasPhysicalColumn(work, image.number))) return conflict('column-deleted')
    if (column.formula === null && (await writtenByOthers(work, entry, column))) return conflict('changed')
  }
  return await attempt(() => applyColumnImage(work, log, column, image), conflict)
}

/** The order of the columns that the entry knew: others came or were purged since. */
async function presentOrder(work: TableWork, { order = [] }: ColumnImage): Promise<readonly string[]> {
  const known = new Set(order)
  return (await columnOrder(work)).filter((id) => known.has(id))
}

/** What a locked column keeps: its name, its key and its type. */
function isHeld(column: ColumnDefinition, image: ColumnImage): boolean {
  if (!column.locked || image.locked === false) return false
  return image.name !== undefined || image.key !== undefined || image.number !== undefined
}

/** Members of the before-image whose present value is the one that the entry left. */
function unchangedMembers<Image extends object>({ before, after }: LoggedImages<Image>, present: Image): Image {
  const kept = Object.entries(before).filter(([member]) =>
    isDeepStrictEqual(after[member as keyof Image], present[member as keyof Image]),
  )
  return Object.fromEntries(kept) as Image
}

/** Refusals that are about the state of the table, as conflicts. */
async function attempt(
  change: () => Promise<void>,
  conflict: (reason: RevertConflictReason) => false,
): Promise<boolean> {
  try {
    await change()
    return true
  } catch (error) {
    if (isOpsError(error, 'UNIQUE_VIOLATION')) return conflict('unique')
    if (isOpsError(error, 'NOT_FOUND')) return conflict('column-deleted')
    if (isOpsError(error, 'ALREADY_EXISTS')) return conflict('changed')
    throw error
  }
}

async function hasPhysicalColumn({ tx, org, table }: TableWork, number: number): Promise<boolean> {
  const { found } = one(
    await tx.all(sql<{ found: boolean }>`
      select exists (
        select 1 from pg_attribute where attrelid = ${`${schemaName(org)}.${rowsName(table)}`}::regclass
          and attname = ${valuesName({ number })} and not attisdropped
      ) as found`),
  )
  return found
}

/** Whether someone else has written into the table since the entry; with a column, into its cells. */
async function writtenByOthers(
  { tx, org, table, actor }: TableWork,
  entry: LoggedEntry,
  column?: ColumnDefinition,
): Promise<boolean> {
  const rows = physical.rows(org, table)
  const cells =
    column === undefined
      ? sql`true`
      : sql`(l.column_ids @> ${[column.id]}::text[] or (l.kind = 'rows-inserted' and exists (
          select 1 from ${rows} as t where t._id between l.first_row and l.last_row and t.${physical.values(column)} is not null
            and (l.row_ids is null or t._id = any (l.row_ids)))))`
  const { found } = one(
    await tx.all(sql<{ found: boolean }>`
      select exists (
        select 1 from ${physical.changes(org)} as l
        where l.table_id = ${table.id} and l.seq > ${entry.seq}::bigint
          and (l.actor_type, l.actor_id) <> (${actor.type}, ${actor.id}) and ${cells}
      ) as found`),
  )
  return found
}
