import type { ColumnType, Generated, Selectable } from 'kysely'
import type { Storage } from '../../values/column-type.ts'
import type { Json } from '../../values/json.ts'

/** JSON goes in as text and comes out parsed. */
type JsonColumn<T> = ColumnType<T, string, string>

/** Where an input of a plugin's part comes from: another cell of the row, a formula over it, or the same for all rows. */
export type FillSource = { readonly column: string } | { readonly formula: string } | { readonly value: Json }

/** Cells asked for at most; null for no limit. */
export interface FillLimits {
  /** In one run. */
  readonly perRun: number | null
  /** In a month of the org's time zone. */
  readonly perMonth: number | null
}

/** How a plugin fills a column: columns by id, wherever they are named. */
export interface FillDefinition {
  readonly plugin: string
  /** One of the plugin's column parts. */
  readonly part: string
  readonly connectionId: string | null
  /** As they were given; the part's schema reads them each time. */
  readonly settings: Json
  /** By the keys of the part's inputs. */
  readonly inputs: Readonly<Record<string, FillSource>>
  /** A filter: rows that do not satisfy it are skipped. null for none. */
  readonly condition: Json
  /** Whether cells are asked for by themselves when their inputs change. */
  readonly auto: boolean
  /** Rows that were touched since are asked about by themselves; ISO 8601, null where nothing is. */
  readonly autoSince: string | null
  readonly limits: FillLimits
  /** Names what cells are obtained by: plugin, part, settings and inputs. One of another generation is stale. */
  readonly generation: number
}

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
  /** How the type keeps its cells: they can be read where the host has it no longer. */
  storage: Storage
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
  /** The plugin's part that gives the cells, columns by id. */
  fill: ColumnType<FillDefinition | null, string | null | undefined, string | null>
  created_at: Generated<string>
  deleted_at: string | null
}

export type ColumnRecord = Selectable<ColumnsTable>
