import { type RefObject, useLayoutEffect, useRef } from 'react'
import { editKey } from '../editors/edit-keys.ts'
import type { GridColumn } from '../grid-state/grid-column.ts'
import { useGrid } from './use-grid-state.ts'

export interface EarlyEditorProps {
  readonly column: GridColumn
  /** What was typed so far; kept for the editor that comes. */
  readonly text: RefObject<string>
  end(finish: () => void): void
}

/** Takes what is typed into a cell whose editor is not there yet. */
export function EarlyEditor({ column, text, end }: EarlyEditorProps) {
  const grid = useGrid()
  const field = useRef<HTMLInputElement>(null)
  const isDone = useRef(false)
  useLayoutEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.setSelectionRange(text.current.length, text.current.length)
  }, [text])
  const finish = (how: () => void) => {
    if (isDone.current) return
    isDone.current = true
    end(how)
  }
  return (
    <input
      ref={field}
      className="ops-editor-input"
      aria-label={column.name}
      aria-busy="true"
      defaultValue={text.current}
      onChange={(event) => {
        text.current = event.target.value
      }}
      onBlur={() => finish(() => grid.edit.commitEarly(text.current, 'stay'))}
      onKeyDown={(event) => {
        const key = editKey(event)
        if (key === null) return
        event.preventDefault()
        event.stopPropagation()
        finish(() => (key === 'cancel' ? grid.edit.cancel() : grid.edit.commitEarly(text.current, key)))
      }}
    />
  )
}
