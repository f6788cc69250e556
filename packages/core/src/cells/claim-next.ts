import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { isAmong } from '../store/filled/among-rows.ts'
import { type CellSelection, isQueued, isSelected, markCells } from '../store/filled/claim-cells.ts'
import type { OperationLog } from '../store/operation-log.ts'
import type { TableWork } from '../store/org-session.ts'
import { physical } from '../store/physical-names.ts'
import { isNobodys, type OtherRuns } from './other-runs.ts'

/** A run as far as it says which cells are its. */
export interface ClaimingRun {
  readonly id: string
  readonly input: Omit<CellSelection, 'column'>
}

/**
 * Takes the cells of the next rows before everybody's eyes, under the lock of `lockClaims`.
 *
 * @returns the ids of the rows, in order
 */
export async function claimNext(
  work: TableWork,
  column: ColumnDefinition,
  run: ClaimingRun,
  {
    after,
    limit,
    others,
    log,
  }: {
    readonly after: string
    readonly limit: number
    readonly others: OtherRuns
    readonly log: OperationLog
  },
): Promise<readonly string[]> {
  const condition = isNext(work, column, run, others)
  return await markCells(work, column, { state: 'running', after, limit, condition }, log)
}

/** Whether there is a cell that the run would claim. */
export async function isAnyLeft(
  work: TableWork,
  column: ColumnDefinition,
  run: ClaimingRun,
  { after, others }: { readonly after: string; readonly others: OtherRuns },
): Promise<boolean> {
  const condition = isNext(work, column, run, others)
  const [found] = await work.tx.all(sql<{ any: boolean }>`
    select exists (select 1 from ${physical.rows(work.org, work.table)} as t
      where t._id > ${after}::bigint and ${condition}) as any`)
  return found?.any === true
}

/** Whether a row's cell, under the alias `t`, is one that the run takes. Cells that others may have in hand are left to them. */
export function isNext(
  work: TableWork,
  column: ColumnDefinition,
  { input }: ClaimingRun,
  others: OtherRuns,
): RawBuilder<boolean> {
  if (input.rows !== null) return sql<boolean>`${isAmong(input.rows)} and ${isQueued(column)}`
  return sql<boolean>`${isSelected(work, selectionOf(column, input))} and ${isNobodys(column, others)}`
}

export function selectionOf(
  column: ColumnDefinition,
  { which, filter, rows, failedIn }: ClaimingRun['input'],
): CellSelection {
  return { column, which, filter, rows, failedIn }
}
