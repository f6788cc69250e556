import { type ComponentType, createElement, useEffect, useState } from 'react'
import { importAgain } from '../ui/import-again.ts'
import type { CellEditorProps } from './cell-editor.ts'
import { TextEditor } from './text-editor.tsx'

type Editors = typeof import('./popup-editors.ts')

const read = importAgain(() => import('./popup-editors.ts'))
let editors: Editors | 'failed' | undefined
let loading: Promise<void> | undefined

/** Loads the editors that are not there from the start. Never fails: fields stand in for them, and the next one to open tries again. */
export function loadEditors(): Promise<void> {
  if (typeof editors === 'object') return Promise.resolve()
  loading ??= read()
    .then((module) => {
      editors = module
    })
    .catch(() => {
      editors = 'failed'
    })
    .finally(() => {
      loading = undefined
    })
  return loading
}

/** An editor that suspends until its code is there. Where it cannot be had, a line of text is edited, which the column's type reads. */
export function lateEditor(pick: (from: Editors) => ComponentType<CellEditorProps>): ComponentType<CellEditorProps> {
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each editor at the top of a module, as `lazy` is
  return function LateEditor(props: CellEditorProps) {
    // How components of React 18 wait.
    if (editors === undefined) throw loadEditors()
    // The one that opened stays, whatever comes meanwhile: it holds what was typed.
    const [Editor] = useState(() => (typeof editors === 'object' ? pick(editors) : TextEditor))
    useEffect(() => void loadEditors(), [])
    return createElement(Editor, props)
  }
}
