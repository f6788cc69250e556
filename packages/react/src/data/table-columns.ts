import { builtInColumnTypes } from '@opslayer/core/values'
import type { GridColumn } from '../grid-state/grid-column.ts'
import { type ColumnTypes, columnTypeIn } from '../provider/column-types.ts'
import type { TableColumn } from './client/tables-calls.ts'

/**
 * Columns of a table for the grid. One of a type that is not known here, or no longer at the server, is shown as text and
 * cannot be edited, nor can one that a formula fills.
 */
export function tableColumns(
  columns: readonly TableColumn[],
  types: ColumnTypes = builtInColumnTypes,
): readonly GridColumn[] {
  return columns
    .filter(({ hidden }) => !hidden)
    .map(({ id, key, name, type, typeFault, settings, formula, locked }, place): GridColumn => {
      const known = typeFault === null ? columnTypeIn(types, type) : undefined
      return {
        id,
        key,
        name,
        type: known ?? { ...builtInColumnTypes.text, format: String },
        settings: known === undefined ? {} : settings,
        editable: known !== undefined && formula === null && !locked,
        pinned: place === 0 ? 'start' : null,
      }
    })
}
