import type { ColumnType, Generated } from 'kysely'
import type { Json } from '../../values/json.ts'

/** Where the columns of a kind of file go in a table. */
export interface ImportMappingsTable {
  org_id: string
  table_id: string
  /** Names files with the same headers. */
  fingerprint: string
  mapping: ColumnType<Json, string, string>
  used_at: Generated<string>
}
