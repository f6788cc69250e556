import type { CallOptions } from '../../db/transaction.ts'
import { dueFormulas } from '../formulas/due-formulas.ts'
import { refreshSoon } from '../formulas/refresh-soon.ts'
import { setWantedLandmarks } from '../landmarks/set-landmarks.ts'
import type { OrgSession, TableWork } from '../org-session.ts'
import { flushSamples } from './flush-samples.ts'
import type { QueryShape } from './query-shape.ts'

/**
 * Reads a table and notes how long it took, for the index advisor. Also reads that fail are noted: the slowest of all
 * are those that were ended by their time limit.
 */
export async function sampledRead<T>(
  session: OrgSession,
  tableId: string,
  options: CallOptions,
  work: (work: TableWork, note: (shape: QueryShape) => void) => Promise<T>,
): Promise<T> {
  let noted: QueryShape | undefined
  let read: TableWork | undefined
  let begun = 0
  let at = new Date(0)
  let isOld = false
  try {
    return await session.readTable(tableId, options, async (table) => {
      read = table
      begun = performance.now()
      at = table.context.now
      isOld = dueFormulas(table).length > 0
      return await work(table, (shape) => {
        noted = shape
      })
    })
  } finally {
    const isDue =
      noted !== undefined && session.samples.note(session.orgId, tableId, noted, performance.now() - begun, at)
    if (isOld) refreshSoon(session, tableId)
    if (read !== undefined) setWantedLandmarks(session, read)
    // Nobody waits for it, and samples that are lost are asked for again.
    if (isDue) void flushSamples(session, {}).catch(() => {})
  }
}
