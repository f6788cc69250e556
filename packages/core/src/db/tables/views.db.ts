import type { ColumnType, Generated, Selectable } from 'kysely'
import type { Json } from '../../values/json.ts'

export interface ViewsTable {
  org_id: string
  id: string
  table_id: string
  name: string
  kind: 'personal' | 'shared' | 'system'
  /** The actor's id for a personal view; who made it, otherwise. */
  owner_id: string
  definition: ColumnType<Json, string, string>
  position: number
  version: Generated<number>
  created_at: Generated<string>
  deleted_at: string | null
}

export type ViewRecord = Selectable<ViewsTable>
