import { updateColumn as writeColumn } from '../catalog/columns.repository.ts'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { updateTable as writeTable } from '../catalog/tables.repository.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { Json } from '../values/json.ts'
import { type ColumnImage, imageBefore, targetOf } from './column-image.ts'
import { applyColumnOrder, columnOrder } from './column-order.ts'
import { countDuplicates } from './count-duplicates.ts'
import { staleFormulas } from './formulas/change-formula.ts'
import { recompute } from './formulas/recompute.ts'
import { insertDefinitionEntry } from './log-entry.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { createUniqueIndex, dropUniqueIndex } from './table-ddl.ts'

/** Writes an image over a live column and logs both: also how undo and redo go back and forth. */
export async function applyColumnImage(
  work: TableWork,
  log: OperationLog,
  column: ColumnDefinition,
  image: ColumnImage,
): Promise<void> {
  const { tx, org, table } = work
  const before = imageBefore(column, image, await columnOrder(work))
  const { order, ...changes } = image
  // Another physical column: it has no sort key and no index yet, or one that nobody kept meanwhile.
  const moves = changes.number !== undefined && changes.number !== column.number
  const { type = column.type, storage = column.columnType.storage } = image
  const { columnType } = work.types.ofColumn({ type, storage })
  const target = targetOf(column, changes, columnType)
  if (column.unique && (moves || !target.unique)) await dropUniqueIndex(tx, org, table, column)
  if (target.unique && (moves || !column.unique)) {
    await refuseDuplicates(work, target)
    await createUniqueIndex(tx, org, table, target)
  }
  const unadvised = moves ? { sortKeyed: false, sortKeyReady: false, searchIndexed: false } : {}
  if (Object.keys(changes).length > 0) await writeColumn(tx.db, org.orgId, column.id, { ...changes, ...unadvised })
  if (order !== undefined) await applyColumnOrder(work, order)
  await writeTable(tx.db, org.orgId, table.id, {})
  await logColumn(work, log, column, before, image)
  await recompute(work, staleFormulas(table, column, target), log)
}

async function refuseDuplicates(work: TableWork, column: ColumnDefinition): Promise<void> {
  const { values, rows } = await countDuplicates(work, column)
  if (values === 0) return
  throw new OpsError(
    'UNIQUE_VIOLATION',
    say('{column} cannot be unique: {#count} rows share {#values} values. Change or delete them first.', {
      column: column.name,
      count: rows,
      values,
    }),
    { path: ['unique'] },
  )
}

/** Logs a change of a column. */
export async function logColumn(
  { tx, org, table }: TableWork,
  log: OperationLog,
  column: Pick<ColumnDefinition, 'id' | 'number'>,
  before: ColumnImage,
  after: ColumnImage,
): Promise<void> {
  const image = (members: ColumnImage): Json => JSON.parse(JSON.stringify({ column: column.id, ...members }))
  await tx.run(insertDefinitionEntry(org, log.entry('column', table.id), image(before), image(after), [column]))
  log.written()
}
