import type { Json } from '@opslayer/core/values'
import type { Mutation, Paged, PageOf, Query } from './calls.ts'

/** What a schedule starts: its kind, and what the kind takes. */
export interface Scheduled {
  readonly kind: string
  readonly [member: string]: Json
}

/** Work that begins by itself at certain times. */
export interface OpsSchedule {
  readonly id: string
  readonly name: string
  /** Minute, hour, day of the month, month, day of the week. */
  readonly cron: string
  readonly timeZone: string
  readonly what: Scheduled
  readonly enabled: boolean
  /** Null while it is off. */
  readonly nextAt: string | null
  readonly lastAt: string | null
  /** The run that was started then. */
  readonly lastRunId: string | null
  /** Why nothing was started then. */
  readonly lastError: string | null
}

/** A schedule to be kept. */
export interface ScheduleInput {
  readonly name: string
  readonly cron: string
  readonly timeZone?: string | undefined
  readonly what: Scheduled
  readonly enabled?: boolean | undefined
}

export interface OneSchedule {
  readonly scheduleId: string
}

/** When a schedule would be due, kept or not. */
export interface NextRunsQuery {
  readonly cron: string
  readonly timeZone: string
  /** 1 to 50. */
  readonly count: number
}

export interface SchedulesCalls {
  readonly nextRuns: Query<NextRunsQuery, readonly string[]>
  readonly list: Query<Paged, PageOf<OpsSchedule>>
  readonly create: Mutation<{ readonly schedule: ScheduleInput }, OpsSchedule>
  readonly update: Mutation<OneSchedule & { readonly changes: Partial<ScheduleInput> }, OpsSchedule>
  readonly delete: Mutation<OneSchedule, unknown>
}
