import { ChevronLeft, ChevronRight } from 'lucide'
import { lateGridTexts } from '../provider/late-grid-texts.ts'
import { addTexts } from '../provider/translator.ts'
import { Icon } from '../ui/icon.tsx'
import type { CellEditorProps } from './cell-editor.ts'
import { EditorPopup } from './editor-popup.tsx'
import { firstDayOfWeek } from './first-day-of-week.ts'
import { addMonths, monthOf } from './month-days.ts'

addTexts(lateGridTexts)

export type CalendarProps = CalendarHeadProps & CalendarDaysProps

/** A month to choose a day from, below the edited cell. */
export function Calendar(props: CalendarProps) {
  return (
    <EditorPopup className="ops-calendar">
      <CalendarHead {...props} />
      <CalendarDays {...props} />
    </EditorPopup>
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
