import { useState } from 'react'
import type { Scheduled } from '../data/client/schedules-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useFeeds } from '../data/use-feeds.ts'
import { useScheduleMutations } from '../data/use-schedules.ts'
import { useTables } from '../data/use-tables.ts'
import { fieldFaults } from '../forms/field-faults.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { relativeTime } from '../rows/time-text.tsx'
import { Button } from '../ui/button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { TextField } from '../ui/text-field.tsx'
import { cronOf } from './cron-words.ts'
import { type WhenDraft, WhenFields, whenOfDraft } from './when-fields.tsx'

interface Choice {
  readonly value: string
  readonly label: string
  readonly what: Scheduled
}

/** Makes a schedule: what it starts, and when in words. */
export function ScheduleForm({ onDone }: { onDone(): void }) {
  const { translate, locale, timeZone: ownZone } = useOpsContext()
  const notices = useNotices()
  const { create } = useScheduleMutations()
  const choices = useChoices()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [zone, setZone] = useState(ownZone)
  const [when, setWhen] = useState<WhenDraft>({ kind: 'weekdays', time: '06:00', day: 1, minute: 0, cron: '' })
  const choice = choices.find(({ value }) => value === chosen) ?? choices[0]
  const faults = fieldFaults(create.error === null ? null : opsFault(create.error), ['schedule'])
  const beside = faults.beside(['name'], ['cron'], ['timeZone'])
  if (choice === undefined) return <p className="ops-soft">{translate('schedule.nothing')}</p>
  const cron = when.kind === 'custom' ? when.cron : cronOf(whenOfDraft(when))
  return (
    <form
      className="ops-column-form ops-work-form"
      aria-label={translate('schedule.new')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        const schedule = { name: name.trim() || choice.label, cron, timeZone: zone, what: choice.what }
        create.mutate(schedule, {
          onSuccess(made) {
            const text = translate('schedule.made', {
              name: made.name,
              when: made.nextAt === null ? '' : relativeTime(made.nextAt, locale),
            })
            notices.show({ kind: 'done', text })
            onDone()
          },
        })
      }}
    >
      <Combobox label={translate('schedule.what')} value={choice.value} onChange={setChosen} choices={choices} />
      <TextField
        label={translate('schedule.name')}
        value={name}
        onChange={setName}
        placeholder={choice.label}
        maxLength={100}
        error={faults.at('name')}
      />
      <WhenFields draft={when} onChange={setWhen} error={faults.at('cron')} />
      <Combobox
        label={translate('schedule.zone')}
        value={zone}
        onChange={(next) => next !== null && setZone(next)}
        choices={zones(ownZone).map((value) => ({ value, label: value }))}
        error={faults.at('timeZone')}
      />
      {beside === null ? null : (
        <p className="ops-report" data-kind="error" role="alert">
          {beside}
        </p>
      )}
      <div className="ops-run-buttons">
        <Button look="main" type="submit" isBusy={create.isPending} disabled={cron.trim() === ''}>
          {translate('schedule.save')}
        </Button>
        <Button onClick={onDone}>{translate('dialog.cancel')}</Button>
      </div>
    </form>
  )
}

/** Everything that a schedule can start. */
function useChoices(): readonly Choice[] {
  const { translate } = useOpsContext()
  const feeds = useFeeds().data ?? []
  const tables = useTables().data ?? []
  return [
    ...feeds.map(({ id, name }) => ({
      value: id,
      label: translate('schedule.what-sync', { name }),
      what: { kind: 'sync', feedId: id },
    })),
    ...tables.flatMap((table) =>
      table.columns
        .filter(({ fill }) => fill !== null)
        .map(({ id, name }) => ({
          value: id,
          label: translate('schedule.what-column', { name: `${name} · ${table.name}` }),
          what: { kind: 'column', tableId: table.id, columnId: id },
        })),
    ),
  ]
}

/** The time zones that the browser knows, the own one among them. */
function zones(own: string): readonly string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return [...new Set([own, 'UTC', ...known])]
}
