import type { AnyColumnType, ValueContext } from '../../values/column-type.ts'
import type { Json } from '../../values/json.ts'
import type { RawCell } from '../read/record-batch.ts'
import type { ColumnFacts } from './column-facts.ts'

/** Why a cell does not fit its column; `reason` completes "Could not read this as …:". */
export class CellRefusal {
  readonly reason: string

  constructor(reason: string) {
    this.reason = reason
  }
}

/**
 * Turns raw cells of one column into stored values: as the type's `parse` would with the same settings and context, but
 * fast. A value, null for an empty cell, or a {@link CellRefusal} (tell it by `instanceof`). Never throws.
 */
export type CellReader = (cell: RawCell | undefined) => Json | CellRefusal

/** The column that cells are read for. */
export interface ReadColumn {
  readonly columnType: AnyColumnType
  /** Complete settings, as the type's schema gives them. */
  readonly settings: unknown
  readonly facts?: ColumnFacts | undefined
}

/** Makes the reader of one column, for one import: it remembers texts that repeat, within bounds. */
export function cellReader({ columnType, settings }: ReadColumn, context: ValueContext): CellReader {
  return (cell) => {
    const parsed = columnType.parse(cell, settings, context)
    return parsed.ok ? parsed.value : new CellRefusal(parsed.reason)
  }
}
