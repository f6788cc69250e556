import type { Generated } from 'kysely'

/** One tenant of the host in this database. */
export interface OrgsTable {
  org_id: string
  /** Names the org's schema: `ops_<short_id>`. Random, so that names give nothing away. */
  short_id: string
  /** Version of the fixed tables in the org's schema. */
  schema_version: number
  time_zone: Generated<string>
  locale: Generated<string>
  next_table_number: Generated<number>
  created_at: Generated<string>
}
