import { tablesWithFormulas } from '../../catalog/columns.repository.ts'
import type { CallOptions } from '../../db/transaction.ts'
import type { OrgSession } from '../org-session.ts'
import { recomputeFormulas } from './recompute-formulas.ts'

/** Goes on with what was being filled when the org was exported: its runs stayed where they were. */
export async function resumeFilling(session: OrgSession, options: CallOptions = {}): Promise<void> {
  for (const tableId of await session.read(options, ({ tx, org }) => tablesWithFormulas(tx.db, org.orgId))) {
    const isPending = await session.readTable(tableId, options, async ({ table }) =>
      table.columns.some(({ formula }) => formula?.pending === true),
    )
    if (isPending) await recomputeFormulas(session, tableId, options)
  }
}
