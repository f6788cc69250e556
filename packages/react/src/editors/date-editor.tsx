import { useState } from 'react'
import { onDemand } from '../ui/on-demand.ts'
import type { CellEditorProps } from './cell-editor.ts'
import { editableText } from './editable-text.ts'
import { addDays } from './month-days.ts'
import { Refusal } from './refusal.tsx'
import { useTextEdit } from './use-text-edit.ts'

// The text can be typed before the calendar is there, and without one.
const Calendar = onDemand(
  () => import('./calendar.tsx'),
  (module) => module.Calendar,
  () => null,
)

/** A date as text, in any way people write one, or from a calendar; up and down go from day to day. */
export function DateEditor(props: CellEditorProps) {
  const { column, values, value, translate } = props
  const edit = useTextEdit<HTMLInputElement>(props)
  const today = values.now.toISOString().slice(0, 10)
  const [date, setDate] = useState(typeof value === 'string' ? value : today)
  const [shown, setShown] = useState(date)

  const go = (to: string) => {
    setDate(to)
    setShown(to)
    edit.clearRefusal()
    if (edit.field.current !== null) edit.field.current.value = column.type.format(to, column.settings, values)
  }
  const read = (text: string) => {
    edit.clearRefusal()
    const parsed = column.type.parse(text, column.settings, values)
    if (!parsed.ok || typeof parsed.value !== 'string') return
    setDate(parsed.value)
    setShown(parsed.value)
  }
  return (
    <>
      <input
        ref={edit.field}
        className="ops-editor-input"
        aria-label={column.name}
        aria-invalid={edit.refusal !== null}
        aria-describedby={edit.refusal === null ? undefined : edit.refusalId}
        defaultValue={editableText(props)}
        onChange={(event) => read(event.target.value)}
        onBlur={(event) => edit.commitText(event.currentTarget.value, 'stay')}
        onKeyDown={(event) => {
          const days = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
          if (days === 0) return edit.onKeyDown(event)
          event.preventDefault()
          event.stopPropagation()
          go(addDays(date, days * (event.shiftKey ? 7 : 1)))
        }}
      />
      {edit.refusal === null ? (
        <Calendar
          shown={shown}
          date={date}
          today={today}
          locale={values.locale}
          translate={translate}
          onShow={setShown}
          onChoose={(day) => edit.commitText(day, 'stay')}
        />
      ) : (
        <Refusal id={edit.refusalId} text={edit.refusal} />
      )}
    </>
  )
}
