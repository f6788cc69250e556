import { orgsWithSamples } from '../../catalog/system.repository.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { runAdvisor } from '../advisor/run-advisor.ts'
import type { OrgSession } from '../org-session.ts'
import type { MaintenanceTask } from './maintenance.ts'

const orgsAtOnce = 100

/**
 * Runs the advisor for the orgs that were read since the round before, by whatever process: one org at a time.
 *
 * @param sessionOf a session of the system's own actor
 */
export function adviseOrgs(sessionOf: (orgId: string) => OrgSession): MaintenanceTask {
  // What was last seen of an org's samples.
  const seen = new Map<OpenDatabase, Map<string, string>>()
  return async ({ database, signal, guarded, onVisit }) => {
    const before = seen.get(database)
    const now = new Map<string, string>()
    let after = ''
    for (;;) {
      const orgs = await orgsWithSamples(database, { after, limit: orgsAtOnce }, { signal })
      for (const { orgId, mark } of orgs) {
        after = orgId
        now.set(orgId, mark)
        if (before?.get(orgId) === mark) continue
        await guarded(async () => {
          const reports = await runAdvisor(sessionOf(orgId), { signal })
          onVisit({ task: 'indexes', orgId, reports })
        })
      }
      if (orgs.length < orgsAtOnce) break
    }
    seen.set(database, now)
  }
}
