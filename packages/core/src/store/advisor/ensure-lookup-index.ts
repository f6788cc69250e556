import { findColumn } from '../../catalog/table-definition.ts'
import type { CallOptions } from '../../db/transaction.ts'
import { lookupShape } from '../match-rows.ts'
import type { OrgSession } from '../org-session.ts'
import { buildIndex } from './build-index.ts'
import { chooseIndexes } from './choose-indexes.ts'
import { isKeyable } from './index-parts.ts'
import { minRowsForIndexes, readTableFacts } from './table-facts.ts'

/** What looking up one step of rows costs without an index, in milliseconds: what the advisor is told that it saves. */
const scanMs = 1_000

/**
 * Makes the index that looking up many rows by these columns pays for, while others write; the advisor drops it once
 * nobody wants it any more. Does nothing for small tables, and where it would take more than an index: texts are found
 * by their sort keys, which are filled by the advisor's own round.
 */
export async function ensureLookupIndex(
  session: OrgSession,
  tableId: string,
  columnIds: readonly string[],
  options: CallOptions,
): Promise<void> {
  const { table, indexes } = await session.readTable(tableId, options, async (work) => {
    const columns = columnIds.map((id) => findColumn(work.table, id))
    const facts = await readTableFacts(work)
    const isReady = columns.every((column) => !isKeyable(column) || column.sortKeyReady)
    const at = work.context.now
    const shape = lookupShape(columns)
    if (facts.rows < minRowsForIndexes || !isReady) return { table: work.table, indexes: [] }
    session.samples.note(session.orgId, tableId, shape, scanMs, at)
    const source = { kind: 'reads', calls: 1, meanMs: scanMs, maxMs: scanMs } as const
    return { table: work.table, ...chooseIndexes(work.table, facts, [{ shape, weight: scanMs, at, source }]) }
  })
  for (const index of indexes) await buildIndex(session, table, index, null, options)
}
