import type { Json, ValueContext } from '@opslayer/core/values'
import type { ComponentType } from 'react'
import type { GridColumn } from '../grid-state/grid-column.ts'
import type { Translate } from '../provider/translator.ts'

/** Where the active cell goes once an edit is done. */
export type AfterEdit = 'stay' | 'down' | 'up' | 'next' | 'previous'

export interface CellEditorProps {
  readonly column: GridColumn
  readonly value: Json
  /** What was typed to open the editor and replaces the value; null to go on with the value. */
  readonly typed: string | null
  /** Text that did not fit the column's type and still waits to be mended. */
  readonly original: string | null
  readonly values: ValueContext
  readonly translate: Translate
  /** Writes a value of the column's type and closes the editor. */
  commit(value: Json, after: AfterEdit): void
  cancel(): void
}

/** How cells of a column type are edited: by a component over the cell, or at once. */
export type CellEditor =
  | { readonly kind: 'component'; readonly component: ComponentType<CellEditorProps> }
  /** Enter or a click gives the next value, as in a checkbox. */
  | { readonly kind: 'toggle'; next(value: Json): Json }
