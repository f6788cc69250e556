import type { ColumnType, Generated, Selectable } from 'kysely'
import type { Json } from '../../values/json.ts'

/** An index that the advisor has made, and why. */
export interface IndexesTable {
  org_id: string
  table_id: string
  /** Physical name in the org's schema. */
  name: string
  definition: ColumnType<Json, string, string>
  reason: ColumnType<Json, string, string>
  state: 'building' | 'ready' | 'failed'
  created_at: Generated<string>
  last_wanted_at: Generated<string>
}

/** How often and how slowly a shape of query was read: what the advisor works from. */
export interface QuerySamplesTable {
  org_id: string
  table_id: string
  /** The query without its values: which columns are filtered how, and sorted. */
  shape: string
  definition: ColumnType<Json, string, string>
  calls: number
  total_ms: number
  max_ms: number
  last_at: Generated<string>
}

export type IndexRecord = Selectable<IndexesTable>
export type QuerySampleRecord = Selectable<QuerySamplesTable>
