import { type RawBuilder, sql } from 'kysely'
import type { ColumnDefinition } from '../catalog/table-definition.ts'
import { sortKeyExpression } from '../query/sort-key-expression.ts'
import type { Json } from '../values/json.ts'
import { cellStorages } from './cell-storage.ts'
import { physical, sortKeyName } from './physical-names.ts'

/** One column of a chunk of rows on its way into a statement. */
export interface CellParameter {
  readonly column: ColumnDefinition
  /** `v<place>` in the input relation. */
  readonly name: RawBuilder<unknown>
  /** The array parameter, for `unnest`. */
  readonly array: RawBuilder<unknown>
  /** The value, cast to the column's type, read from the input relation `i`. */
  readonly value: RawBuilder<unknown>
}

/** One array parameter per column: 5,000 rows in one statement whatever the number of columns. */
export function cellParameters(
  columns: readonly ColumnDefinition[],
  rows: readonly { readonly values: ReadonlyMap<ColumnDefinition, Json> }[],
): CellParameter[] {
  return columns.map((column, place) => {
    const storage = cellStorages[column.columnType.storage]
    const name = sql.id(`v${place}`)
    const cells = rows.map(({ values }) => storage.encode(values.get(column) ?? null))
    const element = sql`i.${name}`
    return {
      column,
      name,
      array: sql`${cells}::${sql.raw(storage.arrayType)}`,
      value: storage.castOnArrival ? sql`${element}::${sql.raw(storage.sqlType)}` : element,
    }
  })
}

/** One stored value as a bound parameter of the column's type. */
export function cellValue(column: ColumnDefinition, value: Json): RawBuilder<unknown> {
  const { encode, sqlType } = cellStorages[column.columnType.storage]
  return sql`${encode(value)}::${sql.raw(sqlType)}`
}

/** A physical column that a write sets. */
export interface CellSet {
  readonly name: RawBuilder<unknown>
  readonly value: RawBuilder<unknown>
  /** The column whose cell this is; absent for what is kept beside cells. */
  readonly of?: ColumnDefinition
}

/** Physical columns that a write of `column` sets, with their expressions over the new value. */
export function assignments(column: ColumnDefinition, value: RawBuilder<unknown>): CellSet[] {
  const cell = { name: physical.values(column), value, of: column }
  return column.sortKeyed ? [cell, { name: sql.id(sortKeyName(column)), value: sortKeyExpression(value) }] : [cell]
}

/** As {@link columnsAsJson} makes it of many rows, for one row and at most 49 columns. */
export function cellsAsJson(cells: readonly (readonly [ColumnDefinition, RawBuilder<unknown>])[]): RawBuilder<unknown> {
  const members = cells.map(([column, cell]) => sql`${sql.lit(column.id)}, json_build_array(${cell})`)
  return sql`json_build_object(${sql.join(members)}, '_warnings', null)`
}

/**
 * The cells of a log entry: a JSON object with one member per column id, each a JSON array in the order of the rows,
 * and the rows of the side table as `_warnings`. A row rather than `json_build_object`, which takes 100 arguments.
 */
export function columnsAsJson(
  members: readonly { readonly column: ColumnDefinition; readonly json: RawBuilder<unknown> }[],
  warnings: RawBuilder<unknown>,
  system: readonly { readonly name: string; readonly json: RawBuilder<unknown> }[] = [],
): RawBuilder<unknown> {
  const list = [
    ...members.map(({ column, json }) => sql`${json} as ${sql.id(column.id)}`),
    ...system.map(({ name, json }) => sql`${json} as ${sql.id(name)}`),
    sql`${warnings} as "_warnings"`,
  ]
  return sql`(select row_to_json(x) from (select ${sql.join(list)}) as x)`
}
