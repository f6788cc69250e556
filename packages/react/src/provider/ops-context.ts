import { createContext, useContext } from 'react'
import type { CellKind } from '../cells/cell-kind.ts'
import { builtInCellKinds } from '../cells/cell-kinds.ts'
import type { CellEditor } from '../editors/cell-editor.ts'
import { builtInCellEditors } from '../editors/cell-editors.ts'
import { type Translate, translator } from './texts.ts'

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
}

export const OpsContext = createContext<OpsContextValue>({
  locale: 'en-US',
  timeZone: 'UTC',
  translate: translator({}, 'en-US'),
  cellKinds: builtInCellKinds,
  cellEditors: builtInCellEditors,
})

export function useOpsContext(): OpsContextValue {
  return useContext(OpsContext)
}
