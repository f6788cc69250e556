import { orgsWithEndedRuns } from '../catalog/system.repository.ts'
import { hourly } from '../store/maintenance/hourly.ts'
import type { MaintenanceTask } from '../store/maintenance/maintenance.ts'
import type { OrgSession } from '../store/org-session.ts'
import { pruneRuns } from './prune-runs.ts'
import type { AnyRunKind } from './run-kind.ts'

const dayMs = 86_400_000

const orgsAtOnce = 100

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
    let after = ''
    for (;;) {
      const orgIds = await orgsWithEndedRuns(database, before.toISOString(), { after, limit: orgsAtOnce }, { signal })
      for (const orgId of orgIds) {
        after = orgId
        await guarded(async () => {
          onVisit({ task: 'runs', orgId, runs: await pruneRuns(sessionOf(orgId), kinds, before, { signal }) })
        })
      }
      if (orgIds.length < orgsAtOnce) return
    }
  }
}
