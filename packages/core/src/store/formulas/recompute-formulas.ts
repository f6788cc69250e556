import * as z from 'zod'
import { findColumn } from '../../catalog/table-definition.ts'
import { loadTable } from '../../catalog/tables.repository.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { checkInput } from '../../errors/check-input.ts'
import { OpsError } from '../../errors/ops-error.ts'
import { say } from '../../sentences/say.ts'
import { startOperation, type WriteOptions } from '../operation-log.ts'
import type { OrgSession } from '../org-session.ts'
import { readersOf, recompute, startFilling } from './recompute.ts'

export interface RecomputeOptions extends CallOptions, WriteOptions {
  /** Ids or keys of formulas' columns; formulas that read them are computed too. @default what is not yet computed */
  readonly columns?: readonly string[] | undefined
}

export const recomputeColumnsSchema = z.array(z.string().min(1).max(300)).max(400).optional()

/**
 * Has formulas computed anew in every row: after a change of a host's own function, or where a run that filled them was
 * cancelled. Small tables at once, others by a run of the kind `backfill`.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT` for a column that people fill
 */
export async function recomputeFormulas(
  session: OrgSession,
  tableId: string,
  options: RecomputeOptions = {},
): Promise<void> {
  const names = checkInput(recomputeColumnsSchema, options.columns, ['columns'])
  await session.defineTable(tableId, options, async (work) => {
    const log = startOperation(session.actor, options)
    if (names === undefined) {
      const { tx, org, types } = work
      return await startFilling({ ...work, table: await loadTable(tx.db, types, org.orgId, tableId) }, log)
    }
    const asked = names.map((name) => findColumn(work.table, name))
    const plain = asked.find(({ formula }) => formula === null)
    if (plain !== undefined) {
      throw new OpsError(
        'INVALID_INPUT',
        say('People fill {column}: there is no formula to compute.', { column: plain.name }),
        {
          path: ['columns'],
        },
      )
    }
    const all = new Set(asked.flatMap((column) => [column, ...readersOf(work.table, column.id)]))
    await recompute(work, [...all], log)
  })
}
