import type { ColumnType, Generated, Selectable } from 'kysely'
import type { Json } from '../../values/json.ts'

type JsonColumn<T> = ColumnType<T, string, string>

/** Work that begins by itself at certain times. */
export interface SchedulesTable {
  org_id: string
  id: string
  name: string
  /** Minute, hour, day of the month, month, day of the week. */
  cron: string
  time_zone: string
  /** What is started, in the shape of its kind. */
  what: JsonColumn<Json>
  enabled: boolean
  /** When it is due, by the host's clock; null while it is off. */
  next_at: string | null
  /** Names the process that starts it now, and until when others let it; by the database's clock. */
  claim: string | null
  claim_until: string | null
  /** The tick that was last dealt with. */
  last_at: string | null
  last_run_id: string | null
  /** Why nothing was started then. */
  last_error: string | null
  /** Who made it, and in whose name its runs write. */
  actor: JsonColumn<Json>
  created_at: Generated<string>
}

export type ScheduleRecord = Selectable<SchedulesTable>
