import { ChevronLeft, ChevronRight } from 'lucide'
import { useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import type { CellEditorProps } from './cell-editor.ts'
import { editableText } from './editable-text.ts'
import { EditorPopup } from './editor-popup.tsx'
import { addDays, addMonths, monthOf } from './month-days.ts'
import { Refusal } from './refusal.tsx'
import { useTextEdit } from './use-text-edit.ts'

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
        <EditorPopup className="ops-calendar">
          <CalendarHead shown={shown} locale={values.locale} translate={translate} onShow={setShown} />
          <CalendarDays
            shown={shown}
            date={date}
            today={today}
            locale={values.locale}
            onChoose={(day) => edit.commitText(day, 'stay')}
          />
        </EditorPopup>
      ) : (
        <Refusal id={edit.refusalId} text={edit.refusal} />
      )}
    </>
  )
}

interface CalendarHeadProps extends Pick<CellEditorProps, 'translate'> {
  readonly shown: string
  readonly locale: string
  onShow(date: string): void
}

function CalendarHead({ shown, locale, translate, onShow }: CalendarHeadProps) {
  const title = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const button = (months: number, label: string, icon: typeof ChevronLeft) => (
    <button
      type="button"
      className="ops-icon-button"
      tabIndex={-1}
      aria-label={label}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onShow(addMonths(shown, months))}
    >
      <Icon icon={icon} size={14} />
    </button>
  )
  return (
    <div className="ops-calendar-head">
      {button(-1, translate('date.previous-month'), ChevronLeft)}
      <span aria-live="polite">{title.format(Date.parse(shown))}</span>
      {button(1, translate('date.next-month'), ChevronRight)}
    </div>
  )
}

interface CalendarDaysProps {
  readonly shown: string
  readonly date: string
  readonly today: string
  readonly locale: string
  onChoose(date: string): void
}

function CalendarDays({ shown, date, today, locale, onChoose }: CalendarDaysProps) {
  const month = monthOf(shown, firstDayOfWeek(locale))
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' })
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'narrow', timeZone: 'UTC' })
  return (
    <div className="ops-calendar-days">
      {month.weeks[0]?.map((day) => (
        <span key={day} className="ops-calendar-weekday" aria-hidden="true">
          {weekday.format(Date.parse(day))}
        </span>
      ))}
      {month.weeks.flat().map((day) => (
        <button
          key={day}
          type="button"
          className="ops-calendar-day"
          tabIndex={-1}
          aria-label={full.format(Date.parse(day))}
          aria-pressed={day === date}
          data-other={!day.startsWith(month.id) || undefined}
          data-today={day === today || undefined}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(day)}
        >
          {Number(day.slice(8))}
        </button>
      ))}
    </div>
  )
}

/** 0 for Sunday, 1 for Monday. */
function firstDayOfWeek(locale: string): number {
  const info = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } }
  return (info.getWeekInfo?.().firstDay ?? 1) % 7
}
