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
  /** Formula that gives the cells, columns by id; null for a column that people fill. */
  formula: Generated<string | null>
  /** Type of the formula's results: `number`, `list<date>`. */
  formula_type: Generated<string | null>
  /** Counts the definitions of the formula: a cell says in `c<number>_s` to which its result belongs. */
  formula_generation: Generated<number>
  /** Whether there may be cells of earlier generations. */
  formula_pending: Generated<boolean>
  /** When all cells were last computed, for results that change with time. */
  formula_at: Generated<string | null>
  /** Formula that gives the cells of new rows. */
  default_formula: Generated<string | null>
  /** What a value must satisfy to be written. */
  rule: ColumnType<
    { readonly formula: string; readonly message: string } | null,
    string | null | undefined,
    string | null
  >
  created_at: Generated<string>
  deleted_at: string | null
}

export type ColumnRecord = Selectable<ColumnsTable>
