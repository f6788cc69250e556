import type { CellEditorProps } from './cell-editor.ts'
import { editableText } from './editable-text.ts'
import { Refusal } from './refusal.tsx'
import { useTextEdit } from './use-text-edit.ts'

/** One line of text, read by the column's type. What cannot be read stays in the editor, with the reason below it. */
export function TextEditor(props: CellEditorProps) {
  const edit = useTextEdit<HTMLInputElement>(props)
  return (
    <>
      <input
        ref={edit.field}
        className="ops-editor-input"
        data-type={props.column.type.id}
        aria-label={props.column.name}
        aria-invalid={edit.refusal !== null}
        aria-describedby={edit.refusal === null ? undefined : edit.refusalId}
        defaultValue={editableText(props)}
        onChange={edit.clearRefusal}
        onBlur={(event) => edit.commitText(event.currentTarget.value, 'stay')}
        onKeyDown={edit.onKeyDown}
      />
      <Refusal id={edit.refusalId} text={edit.refusal} />
    </>
  )
}
