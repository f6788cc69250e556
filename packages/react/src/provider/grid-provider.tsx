import { type ReactNode, useMemo } from 'react'
import type { CellKind } from '../cells/cell-kind.ts'
import { builtInCellKinds } from '../cells/cell-kinds.ts'
import type { CellEditor } from '../editors/cell-editor.ts'
import { builtInCellEditors } from '../editors/cell-editors.ts'
import { type GridMenuChanges, OpsContext, type OpsContextValue } from './ops-context.ts'
import type { Texts } from './texts.ts'
import { translator, type WordSentence } from './translator.ts'

export interface GridProviderProps {
  /** BCP 47 tag that decides how numbers and dates are written. @default 'en-US' */
  readonly locale?: string
  /** IANA zone in which times are shown. @default 'UTC' */
  readonly timeZone?: string
  /** Texts in another language or wording. @default English */
  readonly texts?: Texts
  /** Words what column types and the server say. @default nothing: it is said in English */
  readonly wordSentence?: WordSentence | undefined
  /** Looks of column types, beside or in place of the built-in ones, by id of the type. */
  readonly cellKinds?: Readonly<Record<string, CellKind>>
  /** Editors of column types, beside or in place of the built-in ones, by id of the type. */
  readonly cellEditors?: Readonly<Record<string, CellEditor>>
  readonly menus?: GridMenuChanges
  readonly children?: ReactNode
}

/** Gives grids below it their language, their formats and their registries; the part of `OpsProvider` that needs no server. */
export function GridProvider(props: GridProviderProps) {
  const { locale = 'en-US', timeZone = 'UTC', texts, wordSentence, cellKinds, cellEditors, menus, children } = props
  const value = useMemo(
    (): OpsContextValue => ({
      locale,
      timeZone,
      translate: translator(texts ?? {}, locale, wordSentence),
      cellKinds: { ...builtInCellKinds, ...cellKinds },
      cellEditors: { ...builtInCellEditors, ...cellEditors },
      menus: menus ?? {},
    }),
    [locale, timeZone, texts, wordSentence, cellKinds, cellEditors, menus],
  )
  return <OpsContext.Provider value={value}>{children}</OpsContext.Provider>
}
