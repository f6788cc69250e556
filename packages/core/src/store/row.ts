import type { ColumnDefinition, TableDefinition } from '../catalog/table-definition.ts'
import type { PhysicalRow } from '../query/projection.ts'
import type { QueryColumn } from '../query/query-table.ts'
import type { Json } from '../values/json.ts'
import { type CellStatus, cellStatus } from './cell-status.ts'
import { cellStorages } from './cell-storage.ts'
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
  /** How cells of formulas and plugins stand that are not plainly done or empty, by column key; absent if there are none. */
  readonly states?: Readonly<Record<string, CellStatus>>
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
export function rowDecoder(
  columns: TableDefinition['columns'],
): (row: PhysicalRow, beside?: Pick<Row, 'warnings' | 'states'>) => Row {
  const fields = columns.map((column) => ({
    key: column.key,
    name: valuesName(column),
    decode: cellStorages[column.columnType.storage].decode,
  }))
  const statusesOf = statusDecoder(columns)
  return (raw, beside) => {
    const warnings = beside?.warnings
    const states = statusesOf?.(raw, beside?.states)
    const cells: Record<string, Json> = {}
    for (const { key, name, decode } of fields) cells[key] = decode(raw[name])
    return {
      id: String(raw._id),
      version: Number(raw._version),
      cells,
      ...(warnings !== undefined && { warnings }),
      ...(states !== undefined && { states }),
      createdAt: String(raw._created_at),
      createdBy: String(raw._created_by),
      updatedAt: String(raw._updated_at),
      updatedBy: String(raw._updated_by),
      externalKey: raw._external_key === null ? null : String(raw._external_key),
    }
  }
}

/** What is to be said of cells beside their values; null for columns that people alone fill. */
export function statusDecoder(
  columns: readonly ColumnDefinition[],
): ((raw: PhysicalRow, details?: Row['states']) => Row['states']) | null {
  const computed = columns.filter(({ formula, fill }) => formula !== null || fill !== null)
  if (computed.length === 0) return null
  return (raw, details) => {
    let states: Record<string, CellStatus> | undefined
    for (const column of computed) {
      const status = cellStatus(column, raw[stateName(column)], details?.[column.key])
      if (status !== undefined) states = { ...states, [column.key]: status }
    }
    return states
  }
}
