import type { CellEditor } from './cell-editor.ts'
import { DateEditor } from './date-editor.tsx'
import { lateEditor } from './late-editor.ts'
import { LongTextEditor } from './long-text-editor.tsx'
import { TextEditor } from './text-editor.tsx'

const longText: CellEditor = { kind: 'component', component: LongTextEditor }
const option: CellEditor = { kind: 'component', component: lateEditor(({ OptionEditor }) => OptionEditor) }

/** The editor for a column type that has none of its own: one line of text, which the type reads. */
export const textEditor: CellEditor = { kind: 'component', component: TextEditor }

/** How cells of the built-in column types are edited, by id of the type. */
export const builtInCellEditors: Readonly<Record<string, CellEditor>> = {
  text: textEditor,
  long_text: longText,
  number: textEditor,
  currency: textEditor,
  percent: textEditor,
  checkbox: { kind: 'toggle', next: (value) => value !== true },
  date: { kind: 'component', component: DateEditor },
  datetime: textEditor,
  duration: textEditor,
  email: textEditor,
  phone: textEditor,
  url: textEditor,
  linkedin: textEditor,
  person: textEditor,
  company: textEditor,
  status: option,
  dropdown: option,
  tags: { kind: 'component', component: lateEditor(({ TagsEditor }) => TagsEditor) },
  rating: { kind: 'component', component: lateEditor(({ RatingEditor }) => RatingEditor) },
  json: longText,
}
