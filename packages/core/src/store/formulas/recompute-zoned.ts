import { tablesWithFormulas } from '../../catalog/columns.repository.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { isOpsError } from '../../errors/ops-error.ts'
import { startOperation } from '../operation-log.ts'
import type { OrgSession, TableWork } from '../org-session.ts'
import { readersOf, recompute } from './recompute.ts'
import { tableFormulas } from './table-formulas.ts'

/** Has formulas computed anew that depend on the org's time zone, once it is another one. */
export async function recomputeZoned(session: OrgSession, options: CallOptions): Promise<void> {
  const tableIds = await session.read(options, ({ tx, org }) => tablesWithFormulas(tx.db, org.orgId))
  for (const tableId of tableIds) {
    try {
      const isZoned = await session.readTable(tableId, options, async (work) => zonedColumns(work).length > 0)
      if (!isZoned) continue
      await session.defineTable(tableId, options, async (work) => {
        const columns = zonedColumns(work).flatMap((column) => [column, ...readersOf(work.table, column.id)])
        await recompute(work, [...new Set(columns)], startOperation(session.actor))
      })
    } catch (error) {
      // Deleted meanwhile.
      if (!isOpsError(error, 'NOT_FOUND')) throw error
    }
  }
}

function zonedColumns({ table, functions }: Pick<TableWork, 'table' | 'functions'>) {
  return tableFormulas(table, functions)
    .formulas.filter(({ usesTime }) => usesTime)
    .map(({ definition }) => definition)
}
