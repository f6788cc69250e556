import type { Actor } from '../catalog/actor.ts'
import { actorSchema } from '../catalog/actor.ts'
import { eachAlone } from '../catalog/each-alone.ts'
import { everyItem } from '../catalog/every-item.ts'
import { randomText } from '../catalog/new-id.ts'
import { dueSchedules } from '../catalog/system.repository.ts'
import { toOpsError } from '../db/database-errors.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import type { ScheduleRecord } from '../db/tables/schedules.db.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { OrgSession } from '../store/org-session.ts'
import { nextTick } from './next-tick.ts'
import type { ScheduledKinds, What } from './scheduled-work.ts'
import { claimSchedule, settleSchedule } from './schedules.repository.ts'

/** What a process that fires schedules is given by the composition root. */
export interface ScheduleSite {
  readonly kinds: ScheduledKinds
  /** A session that never makes an org. */
  readonly sessionOf: (orgId: string, actor: Actor) => OrgSession
  readonly now: () => Date
}

/** How long others let a process start what is due. One that takes longer starts it no second time: a tick is its run's key. */
const claimMs = 30_000

/** In whose name it is looked at what is due; runs are started in the name of who made the schedule. */
const scheduler: Actor = { type: 'system', id: 'schedules' }

/**
 * Starts what is due in a database, of all orgs. Of several processes one starts it. Ticks that were missed, as no process
 * was there, are made up for by one.
 */
export async function fireSchedules(site: ScheduleSite, database: OpenDatabase, signal: AbortSignal): Promise<void> {
  const now = site.now()
  const due = everyItem({ orgId: '', id: '' }, (page) => dueSchedules(database, now, page, { signal }))
  await eachAlone(due, async (target) => {
    if (!signal.aborted) await fire(site, target, now)
  })
}

async function fire(
  site: ScheduleSite,
  { orgId, id }: { readonly orgId: string; readonly id: string },
  now: Date,
): Promise<void> {
  const session = site.sessionOf(orgId, scheduler)
  const claim = randomText(20)
  const due = await session.write({}, ({ tx }) => claimSchedule(tx.db, orgId, { id, claim, forMs: claimMs, now }))
  if (due === undefined) return
  const outcome = await start(site, due)
  await session.write({}, ({ tx }) =>
    settleSchedule(tx.db, orgId, { id, claim }, { ...outcome, last_at: due.next_at, next_at: nextAt(due, now) }),
  )
}

async function start(
  { kinds, sessionOf }: ScheduleSite,
  due: ScheduleRecord,
): Promise<{ readonly last_run_id: string | null; readonly last_error: string | null }> {
  const { kind: id, ...what } = due.what as unknown as What
  // A process that was killed after it had started the run has not noted it.
  const tick = `${due.id} ${due.next_at}`
  try {
    const kind = kinds[id]
    if (kind === undefined) throw new OpsError('NOT_FOUND', `The host no longer knows work of the kind "${id}".`)
    const own = sessionOf(due.org_id, actorSchema.parse(due.actor))
    const run = await kind.start(own, kind.schema.parse(what), {
      cause: [{ type: 'schedule', id: tick }],
      key: tick,
    })
    return { last_run_id: run.id, last_error: null }
  } catch (thrown) {
    const error = toOpsError(thrown)
    // Nothing is noted: the claim runs out, and it is tried again.
    if (error.code === 'DATABASE_UNAVAILABLE') throw error
    return { last_run_id: null, last_error: `${error.code}: ${error.message}`.slice(0, 1_000) }
  }
}

/** One tick stands for all that were missed. */
function nextAt({ cron, time_zone: timeZone }: ScheduleRecord, now: Date): string {
  return nextTick(cron, timeZone, now).toISOString()
}
