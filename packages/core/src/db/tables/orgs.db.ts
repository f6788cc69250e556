import type { Generated } from 'kysely'

/** `erasing` and `importing` orgs are there in part: nobody but who erases or imports them may touch them. */
export type OrgState = 'live' | 'erasing' | 'importing'

/** One tenant of the host in this database. */
export interface OrgsTable {
  org_id: string
  /** Names the org's schema: `ops_<short_id>`. Random, so that names give nothing away. */
  short_id: string
  state: Generated<OrgState>
  /** Grows with each change of this row that others must learn of. */
  revision: Generated<number>
  /** Whether the org has a role of its own, which owns its schema. */
  own_role: Generated<boolean>
  /** Version of the fixed tables in the org's schema. */
  schema_version: number
  time_zone: Generated<string>
  locale: Generated<string>
  next_table_number: Generated<number>
  created_at: Generated<string>
  /** When old changes and deleted things of the org were last looked through. */
  tidied_at: Generated<string | null>
}
