import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { type CellSelection, isFree, isQueued, isSelected, markCells } from '../store/filled/claim-cells.ts'
import type { OperationLog } from '../store/operation-log.ts'
import type { TableWork } from '../store/org-session.ts'
import { physical } from '../store/physical-names.ts'
import { othersOn } from './other-runs.ts'

/** A run as far as it says which cells are its. */
export interface ClaimingRun {
  readonly id: string
  readonly input: Omit<CellSelection, 'column'>
}

/** Marks the cells of the next rows as being asked for. */
export async function claimNext(
  work: TableWork,
  column: ColumnDefinition,
  run: ClaimingRun,
  { after, limit, log }: { readonly after: string; readonly limit: number; readonly log: OperationLog },
): Promise<readonly string[]> {
  const condition = await isNext(work, column, run)
  return await markCells(work, column, { state: 'running', after, limit, condition }, log)
}

/** Whether there is a cell that the run would claim. */
export async function isAnyLeft(
  work: TableWork,
  column: ColumnDefinition,
  run: ClaimingRun,
  after: string,
): Promise<boolean> {
  const condition = await isNext(work, column, run)
  const [found] = await work.tx.all(sql<{ any: boolean }>`
    select exists (select 1 from ${physical.rows(work.org, work.table)} as t
      where t._id > ${after}::bigint and ${condition}) as any`)
  return found?.any === true
}

/** Cells that others may have in hand are left to them. */
async function isNext(
  work: TableWork,
  column: ColumnDefinition,
  { id, input }: ClaimingRun,
): Promise<RawBuilder<boolean>> {
  if (input.rows !== null) return sql<boolean>`t._id = any (${[...input.rows]}::bigint[]) and ${isQueued(column)}`
  const selected = isSelected(work, selectionOf(column, input))
  if ((await othersOn(work, column, id)) === 0) return selected
  return sql<boolean>`${selected} and ${isFree(column)}`
}

export function selectionOf(
  column: ColumnDefinition,
  { which, filter, rows, failedIn }: ClaimingRun['input'],
): CellSelection {
  return { column, which, filter, rows, failedIn }
}
