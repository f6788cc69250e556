import type { CellEditor } from './cell-editor.ts'
import { TextEditor } from './text-editor.tsx'

/** The editor for a column type that has none of its own. */
export const textEditor: CellEditor = { kind: 'component', component: TextEditor }

/** How cells of the built-in column types are edited, by id of the type; those left out take text. */
export const builtInCellEditors: Readonly<Record<string, CellEditor>> = {
  checkbox: { kind: 'toggle', next: (value) => value !== true },
}
