import { type ColumnDefinition, findColumn, type TableDefinition } from '../catalog/table-definition.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { Filter } from '../query/filter.ts'
import { say } from '../sentences/say.ts'

/** What an actor may see and change of one table. Whatever is left out is unrestricted. */
export interface TableAccess {
  /** Columns that are not there for the actor: in no read, filter, history or export. Ids rather than keys: those can change. */
  readonly hidden?: readonly string[] | undefined
  /** Columns that the actor sees and cannot write. Ids or keys. */
  readonly readOnly?: readonly string[] | undefined
  /** The only rows that are there for the actor. What they write must be among these too. */
  readonly rows?: Filter | undefined
}

/** What an actor may do in an org. */
export interface Access {
  /** Asked for each table that a call touches; null: the table is not there for the actor. @default unrestricted */
  readonly table?: ((tableId: string) => TableAccess | null | undefined) | undefined
  /** Whether the actor may change definitions of tables and columns. @default true */
  readonly define?: boolean | undefined
}

interface Restriction {
  readonly whole: TableDefinition
  /** Without the hidden columns. */
  readonly seen: TableDefinition
  readonly readOnly: ReadonlySet<ColumnDefinition>
  readonly rows: Filter | null
}

/** Restricted definitions are objects of their own, so that nothing is to be handed along beside a table. */
const restrictions = new WeakMap<TableDefinition, Restriction>()

/** Whether an access says anything of a table. */
export function isRestricted(access: TableAccess): boolean {
  return access.rows !== undefined || (access.hidden ?? []).length > 0 || (access.readOnly ?? []).length > 0
}

/** A table as its actor may see it, for reads, and whole, for writes; both know what is refused. */
export function restrictTable(
  table: TableDefinition,
  access: TableAccess,
): Readonly<Record<'seen' | 'whole', TableDefinition>> {
  if (!isRestricted(access)) return { seen: table, whole: table }
  const names = (list: readonly string[] | undefined): ReadonlySet<string> => new Set(list)
  const hidden = names(access.hidden)
  const readOnly = names(access.readOnly)
  const isIn = (set: ReadonlySet<string>, { id, key }: ColumnDefinition): boolean => set.has(id) || set.has(key)
  const seen = { ...table, columns: table.columns.filter((column) => !isIn(hidden, column)) }
  const whole = { ...table }
  const restriction: Restriction = {
    whole: table,
    seen,
    readOnly: new Set(seen.columns.filter((column) => isIn(readOnly, column))),
    rows: access.rows ?? null,
  }
  restrictions.set(seen, restriction)
  restrictions.set(whole, restriction)
  return { seen, whole }
}

/** The table as its actor sees it: what names in their inputs are looked up in. */
export function seenTable(table: TableDefinition): TableDefinition {
  return restrictions.get(table)?.seen ?? table
}

/** The table itself, of which there may be many narrowed ones: what is known of its definition is kept with it. */
export function wholeTable(table: TableDefinition): TableDefinition {
  return restrictions.get(table)?.whole ?? table
}

/** Which rows are there for the actor, and the table that the filter is about; undefined: all. */
export function rowsOf(
  table: TableDefinition,
): { readonly filter: Filter; readonly table: TableDefinition } | undefined {
  const restriction = restrictions.get(table)
  return restriction === undefined || restriction.rows === null
    ? undefined
    : { filter: restriction.rows, table: restriction.whole }
}

/** Ids of the columns that are not there for the actor. */
export function hiddenColumns(table: TableDefinition): readonly string[] {
  const restriction = restrictions.get(table)
  if (restriction === undefined) return []
  const { whole, seen } = restriction
  return whole.columns.filter((column) => !seen.columns.includes(column)).map(({ id }) => id)
}

/**
 * The column that an id or a key names, for a write.
 *
 * @throws OpsError `NOT_FOUND`, also for a hidden column; `FORBIDDEN` for one that the actor may only read
 */
export function writableColumn(table: TableDefinition, idOrKey: string): ColumnDefinition {
  const column = findColumn(seenTable(table), idOrKey)
  if (restrictions.get(table)?.readOnly.has(column) !== true) return column
  throw new OpsError('FORBIDDEN', say('You may read column "{column}", and not change it.', { column: column.key }))
}
