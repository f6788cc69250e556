import type { ColumnType, Generated, Selectable } from 'kysely'
import type { Json } from '../../values/json.ts'

/** JSON goes in as text and comes out parsed. */
type JsonColumn<T> = ColumnType<T, string, string>

export interface ColumnsTable {
  org_id: string
  id: string
  table_id: string
  /** Names the physical column: `c<number>`. Never reused; a retype takes a new one. */
  number: number
  key: string
  name: string
  description: Generated<string>
  type: string
  settings: JsonColumn<Json>
  default_value: JsonColumn<Json>
  is_unique: Generated<boolean>
  locked: Generated<boolean>
  hidden: Generated<boolean>
  /** Place among the table's live columns, from 0. */
  position: number
  /** Whether `c<number>_k` exists: every write keeps it from then on. */
  sort_keyed: Generated<boolean>
  /** Whether `c<number>_k` is filled for every row, so that reads may use it. */
  sort_key_ready: Generated<boolean>
  /** Whether there is a trigram index on the folded text, for `contains`. */
  search_indexed: Generated<boolean>
  created_at: Generated<string>
  deleted_at: string | null
}

export type ColumnRecord = Selectable<ColumnsTable>
