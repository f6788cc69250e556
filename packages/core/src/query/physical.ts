import { type RawBuilder, sql } from 'kysely'
import type { QueryTable } from './query-table.ts'

/** A physical column of the table under its alias `t`. */
export function cellRef(column: string): RawBuilder<unknown> {
  return sql.id('t', column)
}

/** The physical table; queries give it the alias `t`. */
export function rowsTable(table: QueryTable): RawBuilder<unknown> {
  return sql.id(table.schema, table.rows)
}

/** The side table of warnings and provenance, once it exists. */
export function sideTable(table: QueryTable): RawBuilder<unknown> | null {
  return table.side === null ? null : sql.id(table.schema, table.side)
}
