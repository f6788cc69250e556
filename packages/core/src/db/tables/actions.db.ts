import type { ColumnType, Selectable } from 'kysely'
import type { Json } from '../../values/json.ts'

/**
 * - `calling`: the vendor is called for the row, or was when the process was killed
 * - `done`, `failed`, `skipped`: what became of it
 */
export type ActionRowState = 'calling' | 'done' | 'failed' | 'skipped'

/** What an action run did for one row. */
export interface ActionRowsTable {
  org_id: string
  run_id: string
  row_id: string
  state: ActionRowState
  /** Of a failure: `429`, `OUTCOME_UNKNOWN`. */
  code: string | null
  message: string | null
  /** What came back. */
  output: ColumnType<Json, string | null, string | null>
  cost: number | null
  at: ColumnType<string, string | undefined, string>
}

export type ActionRowRecord = Selectable<ActionRowsTable>
