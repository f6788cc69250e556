import { sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { type HeldConnection, holdConnection } from '../connections/connections.repository.ts'
import { isOpsError, OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { isAmong } from '../store/filled/among-rows.ts'
import { type CellSelection, isSelected, isTaken } from '../store/filled/claim-cells.ts'
import { type RowInputs, readInputs } from '../store/filled/read-inputs.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import type { ValueContext } from '../values/column-type.ts'
import { type ClaimingRun, isNext } from './claim-next.ts'
import { noOtherRuns } from './other-runs.ts'

/** What a plugin is to be asked for the cells of a window, and with what. */
export interface WindowInputs {
  readonly column: ColumnDefinition
  /** In order. */
  readonly rows: readonly RowInputs[]
  readonly context: ValueContext
  /** null where there is none, or it is gone: a call tells what that means. */
  readonly held: HeldConnection | null
}

/** Reads a window that was taken before. @throws OpsError `NOT_FOUND` */
export async function readWindow(
  session: OrgSession,
  tableId: string,
  {
    columnId,
    selection,
    window,
  }: {
    readonly columnId: string
    /** Which cells the run is for, where those of the window are not marked as running; null where they are. */
    readonly selection: Omit<CellSelection, 'column'> | null
    readonly window: readonly string[]
  },
): Promise<WindowInputs> {
  return await session.readTable(tableId, {}, async (work) => {
    const column = work.table.columns.find(({ id }) => id === columnId)
    if (column?.fill == null) {
      throw new OpsError(
        'NOT_FOUND',
        say('No plugin fills the column of the run any more. Restore it, then resume the run.'),
      )
    }
    const isWaiting = selection === null ? isTaken(column) : isSelected(work, { ...selection, column })
    const condition = sql<boolean>`${isAmong(window)} and ${isWaiting}`
    const { fill } = column
    const [held, rows] = await work.tx.together(() => [
      heldOrGone(work, fill.connectionId),
      readInputs(work, fill, condition, { column: selection === null ? null : column, isLast: true }),
    ])
    return { column, rows, context: work.context, held }
  })
}

/**
 * The next rows behind an id with what their cells are made of, for a window of which nothing is marked, if no other run is on the
 * column. Under the lock of `lockClaims`.
 *
 * @returns undefined if the fill no longer fits: who asks for its cells tells why
 */
export async function readNext(
  work: TableWork,
  column: ColumnDefinition,
  run: ClaimingRun,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<WindowInputs | undefined> {
  const { fill } = column
  if (fill === null) return undefined
  const condition = sql<boolean>`t._id > ${after}::bigint and ${isNext(work, column, run, noOtherRuns)}`
  try {
    const [held, rows] = await work.tx.together(() => [
      heldOrGone(work, fill.connectionId),
      readInputs(work, fill, condition, { column, limit }),
    ])
    return { column, rows, context: work.context, held }
  } catch (error) {
    // Errors of the database come in their own form, and end the transaction.
    if (isOpsError(error)) return undefined
    throw error
  }
}

async function heldOrGone({ tx, org }: TableWork, id: string | null): Promise<HeldConnection | null> {
  if (id === null) return null
  try {
    return await holdConnection(tx, org.orgId, id)
  } catch (error) {
    if (isOpsError(error, 'NOT_FOUND')) return null
    throw error
  }
}
