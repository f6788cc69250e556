import type { ColumnDefinition, TableDefinition } from '../catalog/table-definition.ts'
import type { PhysicalRow } from '../query/projection.ts'
import type { QueryColumn } from '../query/query-table.ts'
import type { Json } from '../values/json.ts'
import { cellStorages } from './cell-storage.ts'
import { type CellFailure, cellOutcome } from './formulas/cell-outcome.ts'
import { stateName, valuesName } from './physical-names.ts'
import { systemColumns } from './system-columns.ts'

/** A row as the host's code sees it. */
export interface Row {
  /** Stays the same for the row's life, also over delete and restore. */
  readonly id: string
  /** Grows with each change of a cell. */
  readonly version: number
  /** Stored values by column key; null for an empty cell. */
  readonly cells: Readonly<Record<string, Json>>
  /** Cells whose input did not fit their type, by column key; absent if there are none. */
  readonly warnings?: Readonly<Record<string, CellWarning>>
  /** Formulas' cells that ended in an error, by column key; absent if there are none. Such a cell is null. */
  readonly errors?: Readonly<Record<string, CellFailure>>
  /**
   * Formulas' cells that are still to be computed, by column key; absent if there are none. `queued`: never computed;
   * `stale`: the cell has the result of an earlier definition.
   */
  readonly states?: Readonly<Record<string, 'queued' | 'stale'>>
  readonly createdAt: string
  /** `user:u1` */
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
  /** Id of the record that the row came from; null if it was made here. */
  readonly externalKey: string | null
}

/** Why a cell is empty although something was put in. */
export interface CellWarning {
  readonly code: string
  readonly message: string
  /** The text that did not fit. */
  readonly original: string
}

const shownSystemColumns = ['_created_at', '_created_by', '_updated_at', '_updated_by', '_external_key']

/** System columns that every row shows. */
export const rowSystemColumns: readonly QueryColumn[] = systemColumns.filter(({ id }) =>
  shownSystemColumns.includes(id),
)

/** Makes the decoder of a table's rows once per read. */
export function rowDecoder(columns: TableDefinition['columns']): (row: PhysicalRow, warnings?: Row['warnings']) => Row {
  const fields = columns.map((column) => ({
    key: column.key,
    name: valuesName(column),
    decode: cellStorages[column.columnType.storage].decode,
  }))
  const computed = computedDecoder(columns)
  return (raw, warnings) => {
    const cells: Record<string, Json> = {}
    for (const { key, name, decode } of fields) cells[key] = decode(raw[name])
    return {
      id: String(raw._id),
      version: Number(raw._version),
      cells,
      ...(warnings !== undefined && { warnings }),
      ...computed?.(raw),
      createdAt: String(raw._created_at),
      createdBy: String(raw._created_by),
      updatedAt: String(raw._updated_at),
      updatedBy: String(raw._updated_by),
      externalKey: raw._external_key === null ? null : String(raw._external_key),
    }
  }
}

/** What is to be said of formulas' cells beside their values; null for columns without formulas. */
export function computedDecoder(
  columns: readonly ColumnDefinition[],
): ((raw: PhysicalRow) => Pick<Row, 'errors' | 'states'> | undefined) | null {
  const formulas = columns.filter(({ formula }) => formula !== null)
  if (formulas.length === 0) return null
  return (raw) => {
    let errors: Record<string, CellFailure> | undefined
    let states: Record<string, 'queued' | 'stale'> | undefined
    for (const column of formulas) {
      const outcome = cellOutcome(column, raw[stateName(column)])
      if (outcome === undefined) continue
      if ('failure' in outcome) errors = { ...errors, [column.key]: outcome.failure }
      else states = { ...states, [column.key]: outcome.state }
    }
    if (errors === undefined && states === undefined) return undefined
    return { ...(errors !== undefined && { errors }), ...(states !== undefined && { states }) }
  }
}
