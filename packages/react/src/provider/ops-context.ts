import { createContext, useContext } from 'react'
import type { CellKind } from '../cells/cell-kind.ts'
import { builtInCellKinds } from '../cells/cell-kinds.ts'
import type { CellEditor } from '../editors/cell-editor.ts'
import { builtInCellEditors } from '../editors/cell-editors.ts'
import type { GridActions } from '../grid/grid-actions.ts'
import type { GridColumn } from '../grid-state/grid-column.ts'
import type { MenuSections } from '../ui/menu-entry.ts'
import { type Translate, translator } from './translator.ts'

/** What all parts of the front end share. */
export interface OpsContextValue {
  /** BCP 47 tag. */
  readonly locale: string
  /** IANA zone. */
  readonly timeZone: string
  readonly translate: Translate
  /** By id of the column type. */
  readonly cellKinds: Readonly<Record<string, CellKind>>
  readonly cellEditors: Readonly<Record<string, CellEditor>>
  readonly menus: GridMenuChanges
}

/** What a menu of the grid is opened on. */
export interface GridMenuContext {
  readonly grid: GridActions
  readonly column: GridColumn
}

/** Adds to the grid's menus, or takes from them: each gets the grid's own sections and gives those to show. */
export type GridMenuChanges = Readonly<
  Partial<Record<'cell' | 'column' | 'summary', (sections: MenuSections, context: GridMenuContext) => MenuSections>>
>

export const OpsContext = createContext<OpsContextValue>({
  locale: 'en-US',
  timeZone: 'UTC',
  translate: translator({}, 'en-US'),
  cellKinds: builtInCellKinds,
  cellEditors: builtInCellEditors,
  menus: {},
})

export function useOpsContext(): OpsContextValue {
  return useContext(OpsContext)
}
