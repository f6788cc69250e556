import { type RawBuilder, sql } from 'kysely'
import { type ColumnDefinition, findColumn, type TableDefinition } from '../catalog/table-definition.ts'
import type { Storage } from '../values/column-type.ts'
import type { Json } from '../values/json.ts'
import { cellStorages, plainStorages } from './cell-storage.ts'
import type { KeptText, PreparedRow } from './prepare-cells.ts'

/** Rows read before the transaction that writes them, column by column. */
export interface RowColumns {
  readonly count: number
  readonly columns: readonly RowColumn[]
  /** Texts that rows keep beside them, by place; their cells are null. */
  readonly kept: ReadonlyMap<number, readonly KeptText[]>
}

export interface RowColumn {
  readonly column: ColumnDefinition
  /** Stored values by place; null for a cell that a row does not have. */
  readonly values: readonly Json[]
  /** The same as PostgreSQL writes an array: made while the database does something else. */
  readonly literal: string
}

export function rowColumn(column: ColumnDefinition, values: readonly Json[]): RowColumn {
  return { column, values, literal: arrayText(column.columnType.storage, values) }
}

/** The array as a parameter. */
export function rowColumnArray({ column, literal }: RowColumn): RawBuilder<unknown> {
  return sql`${literal}::${sql.raw(cellStorages[column.columnType.storage].arrayType)}`
}

/** The rows under the table's definition as it is now, which may be a later one. */
export function rowsUnder(table: TableDefinition, { columns, ...rows }: RowColumns): RowColumns {
  return { ...rows, columns: columns.map((each) => ({ ...each, column: findColumn(table, each.column.id) })) }
}

/** One of the rows; `index` is its place. */
export function rowAt({ columns, kept }: RowColumns, place: number): PreparedRow {
  const values = new Map<ColumnDefinition, Json>()
  const texts: KeptText[] = []
  const keptTexts = kept.get(place) ?? []
  for (const { column, values: cells } of columns) {
    const value = cells[place] ?? null
    const text = keptTexts.find((each) => each.column.id === column.id)
    if (text !== undefined) texts.push({ ...text, column })
    if (value !== null || text !== undefined) values.set(column, value)
  }
  return { index: place, values, kept: texts }
}

function arrayText(storage: Storage, values: readonly Json[]): string {
  const { encode } = cellStorages[storage]
  const isPlain = plainStorages.has(storage)
  const elements = values.map((value) => {
    const text = encode(value)
    if (text === null) return 'NULL'
    if (typeof text === 'boolean') return text ? 't' : 'f'
    return isPlain ? text : `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, '\\$&') : text}"`
  })
  return `{${elements.join(',')}}`
}
