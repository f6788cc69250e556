import type { ColumnType, Generated } from 'kysely'
import type { Json } from '../../values/json.ts'

/**
 * Where a limit of a vendor's stands, for all processes. Rows of an app's limits, which orgs share, have an empty
 * `org_id` and are seen by the system's role alone. Times are milliseconds since 1970 by the database's clock.
 */
export interface HttpLimitsTable {
  org_id: string
  /** Whose calls count: the connection, or the plugin. */
  holder: string
  name: string
  /** When the next call may go: the theoretical arrival time of GCRA. */
  next_at: number
  /** Until when the vendor wants no calls. */
  blocked_until: number
  /** What part of the declared rate the vendor bears, 0 to 1. */
  factor: number
  factor_at: number
  /** Grows with each lowering, so that several processes that were refused at once lower it once. */
  epoch: number
  /** Calls since `window_start`, of budgets. */
  used: number
  window_start: number
  /** Calls under way by process, of limits on those. */
  holders: ColumnType<Json, string, string>
}

/** The API log: one row for each request that went out, without secrets, query and bodies. */
export interface HttpCallsTable {
  org_id: string
  /** Later ones of one process compare greater. */
  id: string
  at: string
  plugin: string
  connection_id: string | null
  run_id: string | null
  method: string
  host: string
  /** Path without ids. */
  route: string
  /** Null where no answer came. */
  status: number | null
  /** Why no answer came. */
  error: string | null
  /** Until the answer began. */
  ms: number
  attempt: number
  /** The vendor's name for the request. */
  request_id: string | null
}

/** Sums of the API log, kept longer. */
export interface HttpMetricsTable {
  org_id: string
  plugin: string
  /** Empty where there is none. */
  connection_id: string
  unit: 'minute' | 'hour'
  bucket: string
  calls: Generated<number>
  /** Answers of 4xx other than 429. */
  refused: Generated<number>
  /** Answers of 429. */
  throttled: Generated<number>
  /** Answers of 5xx, and calls without one. */
  failed: Generated<number>
  total_ms: Generated<number>
  max_ms: Generated<number>
}
