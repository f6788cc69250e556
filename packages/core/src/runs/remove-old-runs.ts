import { everyItem } from '../catalog/every-item.ts'
import { orgsWithEndedRuns } from '../catalog/system.repository.ts'
import { hourly } from '../store/maintenance/hourly.ts'
import type { MaintenanceTask } from '../store/maintenance/maintenance.ts'
import type { OrgSession } from '../store/org-session.ts'
import { pruneRuns } from './prune-runs.ts'
import type { AnyRunKind } from './run-kind.ts'

const dayMs = 86_400_000

/**
 * Once an hour removes runs that ended long enough ago, with what they left.
 *
 * @param sessionOf a session of the system's own actor
 */
export function removeOldRuns(
  sessionOf: (orgId: string) => OrgSession,
  kinds: ReadonlyMap<string, AnyRunKind>,
  now: () => Date,
): MaintenanceTask {
  const isDue = hourly()
  return async ({ database, kept: { runsKeptDays }, signal, guarded, onVisit }) => {
    if (runsKeptDays === null || !isDue(database)) return
    const before = new Date(now().getTime() - runsKeptDays * dayMs)
    const orgIds = everyItem('', (page) => orgsWithEndedRuns(database, before.toISOString(), page, { signal }))
    for await (const orgId of orgIds) {
      await guarded(async () => {
        onVisit({ task: 'runs', orgId, runs: await pruneRuns(sessionOf(orgId), kinds, before, { signal }) })
      })
    }
  }
}
