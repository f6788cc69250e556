import type { Generated, Selectable } from 'kysely'

export interface TablesTable {
  org_id: string
  id: string
  /** Names the physical table: `t<number>`. Never reused. */
  number: number
  name: string
  description: Generated<string>
  /** Grows with each change of the table or its columns. */
  revision: Generated<number>
  next_column_number: Generated<number>
  /** Whether the side table of warnings and provenance exists. */
  has_side: Generated<boolean>
  /** Whether the index of external keys exists: 10 KB of each backend's memory, so it waits for the first key. */
  has_external: Generated<boolean>
  has_places: Generated<boolean>
  created_at: Generated<string>
  created_by: string
  deleted_at: string | null
}

export type TableRecord = Selectable<TablesTable>
