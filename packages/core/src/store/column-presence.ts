import { columnKey } from '../catalog/column-key.ts'
import { findDeletedColumn, updateColumn as writeColumn } from '../catalog/columns.repository.ts'
import { limits } from '../catalog/limits.ts'
import { type ColumnDefinition, columnDefinition, type TableDefinition } from '../catalog/table-definition.ts'
import { updateTable as writeTable } from '../catalog/tables.repository.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { logColumn } from './apply-column-image.ts'
import { keysOf } from './column-image.ts'
import { countDuplicates } from './count-duplicates.ts'
import { staleFormulas } from './formulas/change-formula.ts'
import { recompute } from './formulas/recompute.ts'
import type { OperationLog } from './operation-log.ts'
import type { TableWork } from './org-session.ts'
import { createUniqueIndex, dropUniqueIndex } from './table-ddl.ts'

/** The number of the next physical column. Numbers of dropped and retyped columns are never used again. */
export function takeColumnNumber(table: TableDefinition, purpose: 'add' | 'retype' = 'add'): number {
  if (purpose === 'add' && table.columns.length >= limits.columnsPerTable) {
    throw new OpsError(
      'LIMIT_EXCEEDED',
      say('Table "{table}" has {#count} columns, the most a table may have. Delete one first.', {
        table: table.name,
        count: limits.columnsPerTable,
      }),
    )
  }
  if (table.nextColumnNumber > limits.columnNumbersPerTable) {
    throw new OpsError(
      'LIMIT_EXCEEDED',
      say(
        'Table "{table}" has used up its {#count} columns, deleted and retyped ones included. Duplicate it to go on.',
        { table: table.name, count: limits.columnNumbersPerTable },
      ),
    )
  }
  return table.nextColumnNumber
}

/** Takes a live column out of sight, in the caller's transaction; its cells stay. */
export async function hideColumn(work: TableWork, log: OperationLog, column: ColumnDefinition): Promise<void> {
  const { tx, org, table } = work
  if (column.unique) await dropUniqueIndex(tx, org, table, column)
  await writeColumn(tx.db, org.orgId, column.id, { deleted: true })
  await writeTable(tx.db, org.orgId, table.id, {})
  await logColumn(work, log, column, { deleted: false }, { deleted: true })
  await recompute(work, staleFormulas(table, column, null), log)
}

/** Brings it back. */
export async function showColumn(work: TableWork, log: OperationLog, columnId: string): Promise<void> {
  const { tx, org, table, types } = work
  const record = await findDeletedColumn(tx.db, org.orgId, table.id, columnId)
  if (table.columns.length >= limits.columnsPerTable) takeColumnNumber(table)
  const column = columnDefinition(record, types)
  const key = keysOf(table).has(column.key) ? columnKey(column.name, keysOf(table)) : column.key
  const unique = column.unique && (await countDuplicates(work, column)).values === 0
  await writeColumn(tx.db, org.orgId, columnId, { deleted: false, key, unique })
  if (unique) await createUniqueIndex(tx, org, table, column)
  await writeTable(tx.db, org.orgId, table.id, {})
  await logColumn(work, log, column, { deleted: true }, { deleted: false })
  // Nobody has computed a formula's cells while it was away.
  await recompute(work, [...(column.formula === null ? [] : [column]), ...staleFormulas(table, column, null)], log)
}
