import { sql } from 'kysely'
import type { ColumnDefinition } from '../../catalog/table-definition.ts'
import type { OperationLog } from '../operation-log.ts'
import type { TableWork } from '../org-session.ts'
import { physical } from '../physical-names.ts'
import { isAmong } from './among-rows.ts'
import { type CellAsRead, type RowInputs, readInputs } from './read-inputs.ts'
import { type CellOutcomeWrite, writeOutcomes } from './write-outcomes.ts'

/**
 * Writes what became of a window of cells. Where they are not marked as running, rows that were written meanwhile are looked at
 * once more: a cell that a person wrote stays, one whose inputs are others is stale.
 *
 * @param hashOf tells whether inputs are the same as those that a cell was asked for by
 */
export async function writeWindow(
  work: TableWork,
  column: ColumnDefinition,
  {
    generation,
    outcomes,
    hashOf,
  }: {
    readonly generation: number
    readonly outcomes: readonly CellOutcomeWrite[]
    readonly hashOf: (inputs: RowInputs['inputs']) => string
  },
  log: OperationLog,
): Promise<void> {
  const written = new Set(await writeOutcomes(work, column, generation, outcomes, log))
  const changed = outcomes.filter(({ rowId, asRead }) => asRead !== null && !written.has(rowId))
  if (changed.length === 0 || column.fill === null) return
  const isOne = isAmong(changed.map(({ rowId }) => rowId))
  await work.tx.all(
    sql`select from ${physical.rows(work.org, work.table)} as t where ${isOne} order by t._id for no key update`,
  )
  const found = await readInputs(work, column.fill, isOne, { column })
  const now = new Map(found.map((row) => [row.id, row]))
  const again = changed.flatMap((outcome): CellOutcomeWrite[] => {
    const row = now.get(outcome.rowId)
    if (row?.cell == null || outcome.asRead === null || isWrittenByPeople(outcome.asRead, row.cell)) return []
    return [{ ...outcome, asRead: row.cell, isOvertaken: hashOf(row.inputs) !== outcome.origin.hash }]
  })
  await writeOutcomes(work, column, generation, again, log)
}

/** Who writes a cell takes away what a plugin left of it. A value of theirs in a row that was edited may be a new one. */
function isWrittenByPeople(before: CellAsRead, now: CellAsRead): boolean {
  return now.version !== before.version && !now.isObtained && (before.isObtained || now.hasValue)
}
