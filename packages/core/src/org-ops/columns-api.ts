import type { ColumnInput } from '../catalog/column-input.ts'
import type { Column } from '../catalog/table.ts'
import type { CallOptions } from '../db/transaction.ts'
import type { ColumnChangesInput } from '../store/column-image.ts'
import type { ForcedOptions } from '../store/columns.service.ts'
import type { ConversionReport } from '../store/convert-cells.ts'
import type { WriteOptions } from '../store/operation-log.ts'
import type { RetypeInput, RetypeOptions, RetypeResult } from '../store/retype-column.ts'

type Writing = CallOptions & WriteOptions

export interface ColumnsApi {
  /**
   * Adds a column in O(1); `place` counts from 0. Cells of a formula are computed at once in a small table, in others by
   * a run of the kind `backfill` while people go on working.
   *
   * @throws OpsError `INVALID_INPUT`, `FORMULA_INVALID` with the places of its faults, `LIMIT_EXCEEDED`
   */
  create(
    tableId: string,
    input: ColumnInput,
    options?: Writing & { readonly place?: number | undefined },
  ): Promise<Column>
  /** @throws OpsError `LOCKED`, `ALREADY_EXISTS`, `UNIQUE_VIOLATION`, `FORMULA_INVALID`, `FORMULA_CYCLE` */
  update(tableId: string, columnId: string, changes: ColumnChangesInput, options?: Writing): Promise<Column>
  /** What `retype` would do, without doing it. */
  previewRetype(
    tableId: string,
    columnId: string,
    input: RetypeInput,
    options?: RetypeOptions,
  ): Promise<ConversionReport>
  /**
   * Gives a column another type, chunk by chunk while people go on working. Cells that do not convert become empty and
   * keep their text as a warning.
   *
   * @throws OpsError `LOCKED`, `INVALID_INPUT`, `COLUMN_IN_USE` naming formulas that do not fit the new type, unless `force`
   */
  retype(tableId: string, columnId: string, input: RetypeInput, options?: RetypeOptions): Promise<RetypeResult>
  /** Puts a column at a place, from 0; gives all columns in their new order. */
  move(tableId: string, columnId: string, place: number, options?: Writing): Promise<readonly Column[]>
  /**
   * Hides a column; `restore` brings it back with its cells.
   *
   * @throws OpsError `LOCKED`, `COLUMN_IN_USE` naming the formulas that read it, unless `force`: then they give `#REF!`
   */
  delete(tableId: string, columnId: string, options?: ForcedOptions): Promise<void>
  restore(tableId: string, columnId: string, options?: Writing): Promise<Column>
}
