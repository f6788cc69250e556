import { type AnyColumnType, builtInColumnTypes } from '@opslayer/core/values'
import type { GridColumn } from '../grid-state/grid-column.ts'

/** A column as the server tells it. */
export interface TableColumn {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly type: string
  readonly settings: unknown
  readonly hidden: boolean
}

/** Columns of a table for the grid. One of a type that is not known here is shown as text and cannot be edited. */
export function tableColumns(
  columns: readonly TableColumn[],
  types: Readonly<Record<string, AnyColumnType>> = builtInColumnTypes,
): readonly GridColumn[] {
  return columns
    .filter(({ hidden }) => !hidden)
    .map(({ id, key, name, type, settings }, place): GridColumn => {
      const known = Object.hasOwn(types, type) ? types[type] : undefined
      return {
        id,
        key,
        name,
        type: known ?? { ...builtInColumnTypes.text, format: String },
        settings: known === undefined ? {} : settings,
        editable: known !== undefined,
        pinned: place === 0 ? 'start' : null,
      }
    })
}
