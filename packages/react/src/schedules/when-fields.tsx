import { useOpsContext } from '../provider/ops-context.ts'
import { NumberField } from '../ui/number-field.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { type When, weekdayName, whenOf } from './cron-words.ts'

/** When, as its form has it: what one kind needs stays while another is looked at. */
export interface WhenDraft {
  readonly kind: When['kind'] | 'custom'
  /** `06:00`. */
  readonly time: string
  /** Of the week, 0 for Sunday, or of the month. */
  readonly day: number
  readonly minute: number
  readonly cron: string
}

const firstDraft: WhenDraft = { kind: 'weekdays', time: '06:00', day: 1, minute: 0, cron: '' }

/** The draft of a schedule that is there, or of a new one. */
export function whenDraft(cron: string | undefined): WhenDraft {
  if (cron === undefined) return firstDraft
  return { ...firstDraft, ...(whenOf(cron) ?? { kind: 'custom', cron }) }
}

/** What a draft says in words; of one that is written as cron, every day. */
export function whenOfDraft({ kind, time, day, minute }: WhenDraft): When {
  switch (kind) {
    case 'hourly':
      return { kind, minute }
    case 'daily':
    case 'weekdays':
      return { kind, time }
    case 'weekly':
      return { kind, time, day: day % 7 }
    case 'monthly':
      return { kind, time, day: Math.max(1, day) }
    case 'custom':
      return { kind: 'daily', time }
    default:
      return kind satisfies never
  }
}

const kinds = ['hourly', 'daily', 'weekdays', 'weekly', 'monthly', 'custom'] as const

export interface WhenFieldsProps {
  readonly draft: WhenDraft
  onChange(draft: WhenDraft): void
  readonly error: string | undefined
}

/** When a schedule is due: in words, or as cron for what words do not reach. */
export function WhenFields({ draft, onChange, error }: WhenFieldsProps) {
  const { translate, locale } = useOpsContext()
  const { kind } = draft
  return (
    <div className="ops-fill-limits">
      <Select
        label={translate('schedule.when')}
        value={kind}
        onChange={(next) => onChange({ ...draft, kind: next })}
        choices={kinds.map((value) => ({ value, label: translate(`schedule.${value}`) }))}
      />
      {kind === 'weekly' ? (
        <Select
          label={translate('schedule.day')}
          value={String(draft.day % 7)}
          onChange={(day) => onChange({ ...draft, day: Number(day) })}
          choices={[1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: String(day), label: weekdayName(day, locale) }))}
        />
      ) : null}
      {kind === 'monthly' ? (
        <NumberField
          label={translate('schedule.day-of-month')}
          value={draft.day}
          onChange={(day) => onChange({ ...draft, day: day ?? 1 })}
          isInteger
          min={1}
          max={31}
        />
      ) : null}
      {kind === 'hourly' ? (
        <NumberField
          label={translate('schedule.minute')}
          value={draft.minute}
          onChange={(minute) => onChange({ ...draft, minute: minute ?? 0 })}
          isInteger
          min={0}
          max={59}
        />
      ) : kind === 'custom' ? (
        <TextField
          label={translate('schedule.cron')}
          help={translate('schedule.cron-help')}
          value={draft.cron}
          onChange={(cron) => onChange({ ...draft, cron })}
          placeholder="0 6 * * 1-5"
          isCode
          error={error}
        />
      ) : (
        <TextField
          label={translate('schedule.time')}
          value={draft.time}
          onChange={(time) => onChange({ ...draft, time })}
          placeholder="06:00"
          error={error}
        />
      )}
    </div>
  )
}
