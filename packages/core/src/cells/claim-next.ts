import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { isAmong } from '../store/filled/among-rows.ts'
import { type CellSelection, isFree, isQueued, isSelected, markCells, nextRows } from '../store/filled/claim-cells.ts'
import type { OperationLog } from '../store/operation-log.ts'
import type { TableWork } from '../store/org-session.ts'
import { physical } from '../store/physical-names.ts'
import type { OtherRuns } from './other-runs.ts'

/** A run as far as it says which cells are its. */
export interface ClaimingRun {
  readonly id: string
  readonly input: Omit<CellSelection, 'column'>
}

export interface Claim {
  /** In order. */
  readonly rows: readonly string[]
  /** Whether their cells are marked as running. */
  readonly marked: boolean
}

/**
 * Takes the cells of the next rows, under the lock of `lockClaims`.
 *
 * @param isQuick whether they are likely to be there at once: then they are not marked, unless they wait before everybody's eyes or
 * others might take them
 */
export async function claimNext(
  work: TableWork,
  column: ColumnDefinition,
  run: ClaimingRun,
  {
    after,
    limit,
    others,
    isQuick,
    log,
  }: {
    readonly after: string
    readonly limit: number
    readonly others: OtherRuns
    readonly isQuick: boolean
    readonly log: OperationLog
  },
): Promise<Claim> {
  const condition = isNext(work, column, run, others)
  if (isQuick && run.input.rows === null && others.count === 0) {
    return { rows: await nextRows(work, { after, limit, condition }), marked: false }
  }
  return { rows: await markCells(work, column, { state: 'running', after, limit, condition }, log), marked: true }
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

/** Cells that others may have in hand are left to them. */
function isNext(
  work: TableWork,
  column: ColumnDefinition,
  { input }: ClaimingRun,
  others: OtherRuns,
): RawBuilder<boolean> {
  if (input.rows !== null) return sql<boolean>`${isAmong(input.rows)} and ${isQueued(column)}`
  return sql<boolean>`${isSelected(work, selectionOf(column, input))} and ${isNobodys(column, others)}`
}

/** Whether no run has a row's cell in hand. Cells that only look taken, because a run has failed or was never here, are anybody's. */
export function isNobodys(column: ColumnDefinition, { count, unmarked }: OtherRuns): RawBuilder<boolean> {
  if (count === 0) return sql<boolean>`true`
  if (unmarked.length === 0) return isFree(column)
  return sql<boolean>`${isFree(column)} and t._id <> all (${[...unmarked]}::bigint[])`
}

export function selectionOf(
  column: ColumnDefinition,
  { which, filter, rows, failedIn }: ClaimingRun['input'],
): CellSelection {
  return { column, which, filter, rows, failedIn }
}
