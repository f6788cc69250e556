import type { OrgSession } from '../org-session.ts'
import { refreshVolatile } from './refresh-volatile.ts'

/** When a table may be refreshed again, by the process's own clock; Infinity while it is. */
export type RefreshTimes = Map<string, number>

const leastPauseMs = 1_000

/** Tables remembered at most. */
const mostTables = 10_000

/**
 * Brings results that change with time up to date behind the back of who reads them: once at a time for each table, and
 * with pauses ten times as long as it takes, so that a big table with NOW() is not computed all day.
 */
export function refreshSoon(session: OrgSession, tableId: string): void {
  const times = session.refreshTimes
  const key = `${session.orgId} ${tableId}`
  const begun = performance.now()
  if ((times.get(key) ?? 0) > begun) return
  if (times.size >= mostTables) times.clear()
  times.set(key, Number.POSITIVE_INFINITY)
  const over = (): void => {
    const took = performance.now() - begun
    times.set(key, begun + Math.max(leastPauseMs, 10 * took))
  }
  // Nobody waits for it; what fails is tried again by a later read.
  void refreshVolatile(session, { tableId }).then(over, over)
}
