import { type RawBuilder, sql } from 'kysely'
import type { Org } from '../catalog/orgs.repository.ts'
import type { ColumnDefinition, TableDefinition } from '../catalog/table-definition.ts'

/**
 * Names of physical things. They are made of numbers and of random ids that the catalog gave, never of user input;
 * this file alone makes them.
 */
export function schemaName(org: Pick<Org, 'shortId'>): string {
  return `ops_${org.shortId}`
}

export function rowsName(table: Pick<TableDefinition, 'number'>): string {
  return `t${table.number}`
}

/** The view for who reads the table by plain SQL. */
export function viewName(table: Pick<TableDefinition, 'number'>): string {
  return `t${table.number}_view`
}

export function sideName(table: Pick<TableDefinition, 'number'>): string {
  return `t${table.number}_side`
}

/** Where cells that plugins gave are from, one row for each window of cells that were asked for together. */
export function originsName(table: Pick<TableDefinition, 'number'>): string {
  return `t${table.number}_origins`
}

export function valuesName(column: Pick<ColumnDefinition, 'number'>): string {
  return `c${column.number}`
}

export function sortKeyName(column: Pick<ColumnDefinition, 'number'>): string {
  return `c${column.number}_k`
}

/** The mark of a formula's cell; the state of a computed one. */
export function stateName(column: Pick<ColumnDefinition, 'number'>): string {
  return `c${column.number}_s`
}

/** Where the cell of a plugin is from: see `cell-origin.ts`. */
export function originName(column: Pick<ColumnDefinition, 'number'>): string {
  return `c${column.number}_o`
}

/** A regular expression for {@link originName}. */
export const originPattern = '^c[0-9]+_o$'

export function uniqueIndexName(
  table: Pick<TableDefinition, 'number'>,
  column: Pick<ColumnDefinition, 'number'>,
): string {
  return `t${table.number}_c${column.number}_unique`
}

/** An index that the advisor makes; `digest` is hexadecimal. */
export function adviceIndexName(table: Pick<TableDefinition, 'number'>, digest: string): string {
  return `t${table.number}_i${digest}`
}

/** A function that edits some columns of one row; `digest` is hexadecimal. */
export function editFunctionName(table: Pick<TableDefinition, 'number'>, digest: string): string {
  return `t${table.number}_e_${digest}`
}

/** Lines on their way into a table, gone when the transaction ends; `random` is of letters and digits. */
export function linesName(table: Pick<TableDefinition, 'number'>, random: string): string {
  return `t${table.number}_lines_${random}`
}

/** What counts in an org's schema: row ids, and the numbers of the change log's entries. */
export const orgSequences = ['row_ids', 'change_numbers'] as const

export type OrgSequence = (typeof orgSequences)[number]

/** The same names, quoted for SQL. */
export const physical = {
  rows: (org: Org, table: Pick<TableDefinition, 'number'>): RawBuilder<unknown> =>
    sql.id(schemaName(org), rowsName(table)),
  side: (org: Org, table: Pick<TableDefinition, 'number'>): RawBuilder<unknown> =>
    sql.id(schemaName(org), sideName(table)),
  origins: (org: Org, table: Pick<TableDefinition, 'number'>): RawBuilder<unknown> =>
    sql.id(schemaName(org), originsName(table)),
  changes: (org: Org): RawBuilder<unknown> => sql.id(schemaName(org), 'changes'),
  sequence: (org: Org, name: OrgSequence): RawBuilder<unknown> => sql.id(schemaName(org), name),
  sequenceName: (org: Org, name: OrgSequence): RawBuilder<unknown> => sql.lit(`${schemaName(org)}.${name}`),
  rowIds: (org: Org): RawBuilder<unknown> => sql.lit(`${schemaName(org)}.row_ids`),
  values: (column: Pick<ColumnDefinition, 'number'>): RawBuilder<unknown> => sql.id(valuesName(column)),
}
