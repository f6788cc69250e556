import type { Json } from '../values/json.ts'

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
  /** As the column type's settings schema has it. */
  readonly settings: Json
  /** Given to rows that are inserted without this cell; null for none. */
  readonly defaultValue: Json
  /** No two rows may have the same value; empty cells do not count. */
  readonly unique: boolean
  /** Cannot be removed, renamed or retyped. */
  readonly locked: boolean
  /** Left out of views that do not ask for it. */
  readonly hidden: boolean
}
