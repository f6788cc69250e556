import { useId, useLayoutEffect, useRef, useState } from 'react'
import type { AfterEdit, CellEditorProps } from './cell-editor.ts'
import { editKey } from './edit-keys.ts'
import { editableText } from './editable-text.ts'
import { Refusal } from './refusal.tsx'

/** One line of text, read by the column's type. What cannot be read stays in the editor, with the reason below it. */
export function TextEditor(props: CellEditorProps) {
  const { column, values, translate } = props
  const input = useRef<HTMLInputElement>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const refusalId = useId()
  const isDone = useRef(false)

  useLayoutEffect(() => {
    const field = input.current
    field?.focus({ preventScroll: true })
    field?.setSelectionRange(field.value.length, field.value.length)
  }, [])

  const commit = (after: AfterEdit) => {
    if (isDone.current) return
    const read = column.type.parse(input.current?.value ?? '', column.settings, values)
    if (!read.ok) {
      setRefusal(translate('editor.refused', { type: column.type.label.toLocaleLowerCase(), reason: read.reason }))
      return
    }
    isDone.current = true
    props.commit(read.value, after)
  }
  return (
    <>
      <input
        ref={input}
        className="ops-editor-input"
        data-type={column.type.id}
        aria-label={column.name}
        aria-invalid={refusal !== null}
        aria-describedby={refusal === null ? undefined : refusalId}
        defaultValue={editableText(props)}
        onChange={() => setRefusal(null)}
        onBlur={() => commit('stay')}
        onKeyDown={(event) => {
          const key = editKey(event)
          if (key === null) return
          event.preventDefault()
          event.stopPropagation()
          if (key !== 'cancel') commit(key)
          else {
            isDone.current = true
            props.cancel()
          }
        }}
      />
      <Refusal id={refusalId} text={refusal} />
    </>
  )
}
