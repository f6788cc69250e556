import type { CallOptions } from '../db/transaction.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import type { Schedule } from './schedule.ts'
import type { NextRunsQuery, ScheduleChanges, ScheduleInput } from './schedules.service.ts'

/** Work that begins by itself at certain times, where a worker looks for it: `ops.startWorker()`. */
export interface SchedulesApi {
  /**
   * Keeps a schedule. Runs that it starts write in the name of who made it. Ticks that were missed, as no worker was there,
   * are made up for by one.
   *
   * @throws OpsError `INVALID_INPUT`, `LIMIT_EXCEEDED`, `NOT_FOUND` for what it would start
   */
  create(input: ScheduleInput, options?: CallOptions): Promise<Schedule>
  /** @throws OpsError `NOT_FOUND` */
  get(scheduleId: string, options?: CallOptions): Promise<Schedule>
  list(options?: ListOptions): Promise<Page<Schedule>>
  /**
   * When a schedule is due from now on, one that is kept or one that somebody still writes: ISO 8601, the soonest first.
   *
   * @throws OpsError `INVALID_INPUT` for what is no schedule
   */
  nextRuns(query: NextRunsQuery): Promise<readonly string[]>
  /** @throws OpsError `NOT_FOUND`, `INVALID_INPUT` */
  update(scheduleId: string, changes: ScheduleChanges, options?: CallOptions): Promise<Schedule>
  /** @throws OpsError `NOT_FOUND` */
  delete(scheduleId: string, options?: CallOptions): Promise<void>
}
