import { updateColumn } from '../../catalog/columns.repository.ts'
import { listRuns } from '../../catalog/runs.repository.ts'
import type { ColumnDefinition, TableDefinition } from '../../catalog/table-definition.ts'
import { loadTable, updateTable } from '../../catalog/tables.repository.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { affectedFormulas } from '../../formula/dependencies.ts'
import { referencedColumns } from '../../formula/references.ts'
import { lastGeneration } from '../../query/formula-mark.ts'
import { say } from '../../sentences/say.ts'
import { dropEditFunctions } from '../edit-function.ts'
import type { OperationLog } from '../operation-log.ts'
import type { TableWork } from '../org-session.ts'
import { queueRun } from '../queue-run.ts'
import { backfillKind } from './backfill.ts'
import { declareFilled, fillRows, nextRange, pendingFormulas } from './fill-rows.ts'

/** Rows of a table that is filled at once, with the change that asks for it: some 20 ms. */
const rowsAtOnce = 1_000

/** A column's formula with what it reads. */
interface Reader {
  readonly id: string
  readonly reads: readonly string[]
  readonly column: ColumnDefinition
}

/** The formulas of a table with what they read, in no order. */
function readersIn({ columns }: Pick<TableDefinition, 'columns'>): readonly Reader[] {
  return columns.flatMap((column) =>
    column.formula === null ? [] : { id: column.id, reads: referencedColumns(column.formula.source), column },
  )
}

/** Formulas that read a column, at once or over others. */
export function readersOf(table: Pick<TableDefinition, 'columns'>, columnId: string): readonly ColumnDefinition[] {
  const readers = readersIn(table)
  const found = new Map<string, Reader>()
  let changed = [columnId]
  while (changed.length > 0) {
    const next = affectedFormulas(changed, readers).filter(({ id }) => !found.has(id))
    for (const reader of next) found.set(reader.id, reader)
    changed = next.map(({ id }) => id)
  }
  return [...found.values()].map(({ column }) => column)
}

/**
 * Has formulas computed anew in every row, after a change of definitions in the same transaction, with writers shut
 * out. A small table is done at once; else the cells count as stale from here on, whoever writes a row computes them,
 * and a run fills the rest.
 */
export async function recompute(
  work: TableWork,
  columns: readonly ColumnDefinition[],
  log: OperationLog,
): Promise<void> {
  const { tx, org, table, types } = work
  if (columns.length === 0) return
  for (const { id, formula } of columns) {
    if (formula !== null) await updateColumn(tx.db, org.orgId, id, nextGeneration(formula))
  }
  await dropEditFunctions(work)
  await updateTable(tx.db, org.orgId, table.id, {})
  await startFilling({ ...work, table: await loadTable(tx.db, types, org.orgId, table.id) }, log)
}

function nextGeneration({ generation, pending }: NonNullable<ColumnDefinition['formula']>) {
  if (generation < lastGeneration) return { formulaGeneration: generation + 1, formulaPending: true }
  // Marks of the first generation must be gone before it begins anew.
  if (pending)
    throw new OpsError('CONTENTION', say('The formula is still being computed after many changes. Try again later.'))
  return { formulaGeneration: 1, formulaPending: true }
}

/** Fills what is pending at once, or queues the run that does. `work.table` is as it is now. */
export async function startFilling(work: TableWork, log: OperationLog): Promise<void> {
  const formulas = pendingFormulas(work)
  if (formulas.length === 0) return
  const range = await nextRange(work, '0', rowsAtOnce)
  await fillRows(work, formulas, range, log)
  const pending = formulas.filter(({ definition }) => definition.formula?.pending === true).map(({ id }) => id)
  if (range.rows < rowsAtOnce) return await declareFilled(work, pending)
  // One that is there finds what is pending by itself.
  const live = { tableId: work.table.id, kind: backfillKind, states: ['queued', 'running', 'paused'] as const }
  if ((await listRuns(work.tx.db, work.org.orgId, live, { limit: 1 })).length > 0) return
  work.wake(await queueRun(work, { kind: backfillKind, tableId: work.table.id, input: {} }))
}
