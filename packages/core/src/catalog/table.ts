import type { Json } from '../values/json.ts'
import type { ColumnFill } from './fill-definition.ts'

/** A table as the host's code sees it. */
export interface Table {
  /** `tbl_…` */
  readonly id: string
  readonly name: string
  readonly description: string
  /** Grows with each change of the table or one of its columns. */
  readonly revision: number
  /** Live columns in the users' order. */
  readonly columns: readonly Column[]
  /** ISO 8601. */
  readonly createdAt: string
  readonly createdBy: string
  /** ISO 8601, or null for a live table. */
  readonly deletedAt: string | null
}

/** A column as the host's code sees it. */
export interface Column {
  /** `col_…`; never changes, also not by a retype. */
  readonly id: string
  /** Name in code, filters and formulas; unique among the table's live columns. */
  readonly key: string
  /** Name that users read. */
  readonly name: string
  readonly description: string
  /** Id of the column type. */
  readonly type: string
  /** Why the cells can only be read: the host no longer has the type; null if it does. */
  readonly typeFault: string | null
  /** As the column type's settings schema has it. */
  readonly settings: Json
  /** Given to rows that are inserted without this cell; null for none. */
  readonly defaultValue: Json
  /** Formula that gives the cell of a new row that comes without; null for none. */
  readonly defaultFormula: string | null
  /** What gives the cells; null for a column that people fill. */
  readonly formula: ColumnFormula | null
  /** The plugin's part that gives the cells when it is asked to; null for none. People may write such cells as well. */
  readonly fill: ColumnFill | null
  /** What a value must satisfy to be written; null for none. */
  readonly rule: ColumnRule | null
  /** No two rows may have the same value; empty cells do not count. */
  readonly unique: boolean
  /** Cannot be removed, renamed or retyped. */
  readonly locked: boolean
  /** Left out of views that do not ask for it. */
  readonly hidden: boolean
}

/** The formula of a column, as people read it. */
export interface ColumnFormula {
  /** Columns by key or name; `#REF!` for one that is gone. */
  readonly source: string
  /** Type of the results in other formulas: `number`, `list<date>`. */
  readonly type: string
  /** Whether cells are still to be computed: those have the state `queued` or, with an earlier result, `stale`. */
  readonly filling: boolean
  /** How long results stay good where they change with time; null where they do not. */
  readonly volatile: 'day' | 'minute' | null
  /** Why every cell shows an error: the formula no longer fits its columns. null if it does. */
  readonly fault: string | null
}

/** A formula that each value of a column must satisfy when it is written. */
export interface ColumnRule {
  /** Reads its own column alone: `@score >= 0 AND @score <= 100`. Empty cells need not satisfy it. */
  readonly formula: string
  /** What people are told of a value that does not. */
  readonly message: string
}
