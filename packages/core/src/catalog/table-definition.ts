import type { ColumnRecord } from '../db/tables/columns.db.ts'
import type { TableRecord } from '../db/tables/tables.db.ts'
import { nearest } from '../errors/nearest.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { AnyColumnType } from '../values/column-type.ts'
import type { Column, Table } from './table.ts'

/** A column with its type at hand and where its cells lie. */
export interface ColumnDefinition extends Column {
  /** Names the physical column. */
  readonly number: number
  /** Whether the sort key column is there: every write keeps it. */
  readonly sortKeyed: boolean
  /** Whether the sort key column is filled for every row, so that reads may use it. */
  readonly sortKeyReady: boolean
  /** Whether a trigram index serves `contains`. */
  readonly searchIndexed: boolean
  readonly columnType: AnyColumnType
}

/** A table with all that the store needs. Made from the catalog, under row-level security. */
export interface TableDefinition {
  readonly id: string
  /** Names the physical table. */
  readonly number: number
  readonly name: string
  readonly description: string
  readonly revision: number
  readonly nextColumnNumber: number
  readonly hasSide: boolean
  readonly hasExternal: boolean
  /** Whether rows were ever put at places by hand; until then their own order is that of their ids. */
  readonly hasPlaces: boolean
  readonly createdAt: string
  readonly createdBy: string
  readonly deletedAt: string | null
  readonly columns: readonly ColumnDefinition[]
}

export function tableDefinition(table: TableRecord, columns: readonly ColumnDefinition[]): TableDefinition {
  return {
    id: table.id,
    number: table.number,
    name: table.name,
    description: table.description,
    revision: table.revision,
    nextColumnNumber: table.next_column_number,
    hasSide: table.has_side,
    hasExternal: table.has_external,
    hasPlaces: table.has_places,
    createdAt: table.created_at,
    createdBy: table.created_by,
    deletedAt: table.deleted_at,
    columns,
  }
}

export function columnDefinition(record: ColumnRecord, columnType: AnyColumnType): ColumnDefinition {
  return {
    id: record.id,
    key: record.key,
    name: record.name,
    description: record.description,
    type: record.type,
    settings: record.settings,
    defaultValue: record.default_value,
    unique: record.is_unique,
    locked: record.locked,
    hidden: record.hidden,
    number: record.number,
    sortKeyed: record.sort_keyed,
    sortKeyReady: record.sort_key_ready,
    searchIndexed: record.search_indexed,
    columnType,
  }
}

/** What leaves the package: a definition without the names of physical things. */
export function publicTable(definition: TableDefinition): Table {
  const { id, name, description, revision, columns, createdAt, createdBy, deletedAt } = definition
  return { id, name, description, revision, columns: columns.map(publicColumn), createdAt, createdBy, deletedAt }
}

export function publicColumn(definition: ColumnDefinition): Column {
  const { id, key, name, description, type, settings, defaultValue, unique, locked, hidden } = definition
  return { id, key, name, description, type, settings, defaultValue, unique, locked, hidden }
}

/**
 * The live column that an id or a key names.
 *
 * @throws OpsError `NOT_FOUND` naming the nearest keys
 */
export function findColumn(table: TableDefinition, idOrKey: string): ColumnDefinition {
  const column = columnsByName(table).get(idOrKey)
  if (column !== undefined) return column
  const keys = table.columns.map(({ key }) => key)
  throw new OpsError(
    'NOT_FOUND',
    `Table "${table.name}" has no column "${String(idOrKey).slice(0, 60)}".${nearest(String(idOrKey), keys)}`,
  )
}

const byName = new WeakMap<TableDefinition, ReadonlyMap<string, ColumnDefinition>>()

function columnsByName(table: TableDefinition): ReadonlyMap<string, ColumnDefinition> {
  const known = byName.get(table)
  if (known !== undefined) return known
  const names = new Map(
    table.columns.toReversed().flatMap((column) => [[column.key, column] as const, [column.id, column] as const]),
  )
  byName.set(table, names)
  return names
}
