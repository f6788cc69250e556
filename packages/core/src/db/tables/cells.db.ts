import type { ColumnType, Generated } from 'kysely'
import type { Json } from '../../values/json.ts'

/** What a plugin answered, for equal questions of the same org. */
export interface CellCacheTable {
  org_id: string
  /** Digest of the part and of what makes questions equal. */
  key: string
  outcome: ColumnType<Json, string, string>
  created_at: Generated<string>
  expires_at: string
}

/** What an org may spend in a month. */
export interface BudgetsTable {
  org_id: string
  unit: string
  /** Empty for all plugins together. */
  plugin: string
  per_month: string
}

/** What a run has spent in a month. */
export interface SpendTable {
  org_id: string
  run_id: string
  /** Its first day, in the org's time zone. */
  month: string
  unit: string
  plugin: string
  table_id: string
  /** Empty for an action. */
  column_id: string
  /** Put aside for what is under way: until the run is over or, where there is none, for as long as `held_until` says. */
  reserved: string
  held_until: string | null
  spent: string
  /** Cells or rows that were asked for. */
  items: number
}
