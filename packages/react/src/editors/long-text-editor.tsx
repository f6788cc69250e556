import type { CellEditorProps } from './cell-editor.ts'
import { editableText } from './editable-text.ts'
import { Refusal } from './refusal.tsx'
import { useTextEdit } from './use-text-edit.ts'

/** Text of several lines: Enter writes it, Shift+Enter or Alt+Enter begins a line. */
export function LongTextEditor(props: CellEditorProps) {
  const edit = useTextEdit<HTMLTextAreaElement>(props)
  const { type } = props.column
  const { value } = props
  const isObject = props.typed === null && typeof value === 'object' && value !== null
  return (
    <>
      <textarea
        ref={edit.field}
        className="ops-editor-input ops-editor-long"
        data-type={type.id}
        aria-label={props.column.name}
        aria-invalid={edit.refusal !== null}
        aria-describedby={edit.refusal === null ? undefined : edit.refusalId}
        defaultValue={isObject ? JSON.stringify(value, null, 2) : editableText(props)}
        onChange={edit.clearRefusal}
        onBlur={(event) => edit.commitText(event.currentTarget.value, 'stay')}
        onKeyDown={(event) => {
          const beginsLine = event.key === 'Enter' && (event.shiftKey || event.altKey)
          if (beginsLine && event.altKey) {
            event.preventDefault()
            event.currentTarget.setRangeText(
              '\n',
              event.currentTarget.selectionStart,
              event.currentTarget.selectionEnd,
              'end',
            )
          } else if (!beginsLine) edit.onKeyDown(event)
        }}
      />
      <Refusal id={edit.refusalId} text={edit.refusal} />
    </>
  )
}
