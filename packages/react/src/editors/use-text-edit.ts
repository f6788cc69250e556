import { type KeyboardEvent, type RefObject, useId, useLayoutEffect, useRef, useState } from 'react'
import type { AfterEdit, CellEditorProps } from './cell-editor.ts'
import { editKey } from './edit-keys.ts'

/** What every editor of a text does: begins at its end, reads it by the column's type, and stays open while it cannot. */
export function useTextEdit<Field extends HTMLInputElement | HTMLTextAreaElement>(props: CellEditorProps) {
  const { column, values, translate } = props
  const field = useRef<Field>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const refusalId = useId()
  const isDone = useRef(false)

  useLayoutEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length)
  }, [])

  const commitText = (text: string, after: AfterEdit) => {
    if (isDone.current) return
    const read = column.type.parse(text, column.settings, values)
    if (!read.ok) {
      setRefusal(translate('editor.refused', { type: column.type.label.toLocaleLowerCase(), reason: read.reason }))
      return
    }
    isDone.current = true
    props.commit(read.value, after)
  }
  const cancel = () => {
    isDone.current = true
    props.cancel()
  }
  return {
    field: field as RefObject<Field | null>,
    refusal,
    refusalId,
    clearRefusal: () => setRefusal(null),
    commitText,
    cancel,
    onKeyDown(event: KeyboardEvent): void {
      const key = editKey(event)
      if (key === null) return
      event.preventDefault()
      event.stopPropagation()
      if (key === 'cancel') cancel()
      else commitText(field.current?.value ?? '', key)
    },
  }
}
