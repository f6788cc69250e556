import { type Actor, actorSchema } from '../catalog/actor.ts'
import type { ScheduleRecord } from '../db/tables/schedules.db.ts'
import type { What } from './scheduled-work.ts'

/** Work that begins by itself at certain times. */
export interface Schedule {
  readonly id: string
  readonly name: string
  /** Minute, hour, day of the month, month, day of the week: `0 6 * * 1-5`. */
  readonly cron: string
  /** Whose local time that is: `Europe/Berlin`. */
  readonly timeZone: string
  readonly what: What
  readonly enabled: boolean
  /** ISO 8601, like all times here; null while it is off. */
  readonly nextAt: string | null
  /** When it was last due. */
  readonly lastAt: string | null
  /** The run that was started then. */
  readonly lastRunId: string | null
  /** Why nothing was started then, for people. */
  readonly lastError: string | null
  /** Who made it, and in whose name its runs write. */
  readonly actor: Actor
  readonly createdAt: string
}

export function publicSchedule(record: ScheduleRecord): Schedule {
  return {
    id: record.id,
    name: record.name,
    cron: record.cron,
    timeZone: record.time_zone,
    what: record.what as unknown as What,
    enabled: record.enabled,
    nextAt: record.next_at,
    lastAt: record.last_at,
    lastRunId: record.last_run_id,
    lastError: record.last_error,
    actor: actorSchema.parse(record.actor),
    createdAt: record.created_at,
  }
}
