import type { CellEditorProps } from './cell-editor.ts'

/** The text that an editor begins with: what was typed, or the value, exact enough to give the same value again. */
export function editableText({
  typed,
  value,
  original,
  column,
  values,
}: Pick<CellEditorProps, 'typed' | 'value' | 'original' | 'column' | 'values'>): string {
  if (typed !== null) return typed
  if (value === null) return original ?? ''
  const shown = column.type.format(value, column.settings, values)
  const read = column.type.parse(shown, column.settings, values)
  const isSame = read.ok && JSON.stringify(read.value) === JSON.stringify(value)
  return isSame ? shown : column.type.toCsv(value, column.settings)
}
