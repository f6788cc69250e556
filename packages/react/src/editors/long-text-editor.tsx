import { useLayoutEffect } from 'react'
import type { CellEditorProps } from './cell-editor.ts'
import { editableText } from './editable-text.ts'
import { Refusal } from './refusal.tsx'
import { useTextEdit } from './use-text-edit.ts'

/** Text of several lines: Enter writes it, Shift+Enter or Alt+Enter begins a line. */
export function LongTextEditor(props: CellEditorProps) {
  const edit = useTextEdit<HTMLTextAreaElement>(props)
  useLayoutEffect(() => growIntoSight(edit.field.current), [edit.field])
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

/** Has a field that is larger than its cell grow to where the grid shows it. */
function growIntoSight(field: HTMLElement | null): void {
  const cell = field?.parentElement?.getBoundingClientRect()
  const sight = field?.closest('.ops-grid-body')?.getBoundingClientRect()
  if (field === null || cell === undefined || sight === undefined) return
  const { width, height } = field.getBoundingClientRect()
  const isRtl = getComputedStyle(field).direction === 'rtl'
  const isBack = isRtl ? cell.right - width < sight.left : cell.left + width > sight.right
  const isUp = cell.top + height > sight.bottom && cell.bottom - height > sight.top
  field.dataset.grows = `${isBack ? 'back' : ''} ${isUp ? 'up' : ''}`
}
