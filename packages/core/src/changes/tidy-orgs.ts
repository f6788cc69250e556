import { everyItem } from '../catalog/every-item.ts'
import { claimTidying } from '../catalog/orgs.repository.ts'
import { orgsToTidy } from '../catalog/system.repository.ts'
import { forgetOrigins } from '../store/filled/forget-origins.ts'
import type { Kept, MaintenanceTask } from '../store/maintenance/maintenance.ts'
import type { OrgSession } from '../store/org-session.ts'
import { purgeDeleted } from '../store/purge.ts'
import { pruneChanges } from './prune-changes.ts'

const dayMs = 86_400_000

/**
 * Once a day for each org, whatever the number of processes: forgets old changes, and frees what was deleted long ago.
 *
 * @param sessionOf a session of the system's own actor
 */
export function tidyOrgs(sessionOf: (orgId: string) => OrgSession, now: () => Date): MaintenanceTask {
  return async ({ database, kept, signal, guarded, onVisit }) => {
    const before = daysBefore(now(), 1)
    const orgIds = everyItem('', (page) => orgsToTidy(database, before.toISOString(), page, { signal }))
    for await (const orgId of orgIds) {
      await guarded(async () => {
        const session = sessionOf(orgId)
        const isOurs = await session.write({ signal }, ({ tx, context }) =>
          claimTidying(tx.db, orgId, before.toISOString(), context.now.toISOString()),
        )
        if (isOurs) onVisit({ task: 'retention', orgId, ...(await tidy(session, kept, now(), signal)) })
      })
    }
  }
}

async function tidy(session: OrgSession, { changesKeptDays, deletedKeptDays }: Kept, now: Date, signal: AbortSignal) {
  const { entries } =
    changesKeptDays === null
      ? { entries: 0 }
      : await pruneChanges(session, { olderThan: daysBefore(now, changesKeptDays), signal })
  const purged =
    deletedKeptDays === null
      ? { tables: 0, columns: 0 }
      : await purgeDeleted(session, { before: daysBefore(now, deletedKeptDays), signal })
  return { entries, ...purged, origins: await forgetOrigins(session, { signal }) }
}

function daysBefore(moment: Date, days: number): Date {
  return new Date(moment.getTime() - days * dayMs)
}
