import { useState } from 'react'
import type { OpsSchedule, Scheduled } from '../data/client/schedules-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useFeeds } from '../data/use-feeds.ts'
import { useScheduleMutations } from '../data/use-schedules.ts'
import { useTables } from '../data/use-tables.ts'
import { fieldFaults } from '../forms/field-faults.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { relativeTime } from '../rows/time-text.tsx'
import { Button } from '../ui/button.tsx'
import { CancelButton } from '../ui/cancel-button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { focusFirstField } from '../ui/focus-first-field.ts'
import { Form } from '../ui/form.tsx'
import { FormUnready } from '../ui/form-unready.tsx'
import { Unread } from '../ui/not-read.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { TextField } from '../ui/text-field.tsx'
import { useIsChanged, useUnsaved } from '../ui/unsaved.ts'
import { cronOf } from './cron-words.ts'
import { NextRuns } from './next-runs.tsx'
import { WhenFields, whenDraft, whenOfDraft } from './when-fields.tsx'

/** What can be scheduled, as it is chosen. */
export interface Choice {
  readonly value: string
  readonly label: string
  readonly what: Scheduled
}

export interface ScheduleFormProps {
  /** One that is changed. @default a new one is made */
  readonly schedule?: OpsSchedule
  /** What it starts, where that is not for choice. */
  readonly fixed?: Choice
  /** What the schedule starts, where it is none of the choices: they are not there yet, or it is gone. */
  readonly kept?: Choice
  onDone(): void
}

/** Makes a schedule, or changes one: what it starts, and when in words. Stands in a `FormInPlace`. */
export function ScheduleForm({ schedule, fixed, kept, onDone }: ScheduleFormProps) {
  const { translate, locale, timeZone: ownZone } = useOpsContext()
  const notices = useNotices()
  const { create, update } = useScheduleMutations()
  const { choices: known, isRead, error: notRead, retry } = useChoices()
  const [name, setName] = useState(schedule?.name ?? '')
  const [chosen, setChosen] = useState<string | null>(null)
  const [zone, setZone] = useState(schedule?.timeZone ?? ownZone)
  const [when, setWhen] = useState(() => whenDraft(schedule?.cron))
  useUnsaved(useIsChanged({ name, chosen, zone, when }))
  const own = known.find(({ what }) => isSame(what, schedule?.what))
  // With what the schedule holds beside it, such as the request of a run.
  const stays = schedule && own ? { ...own, what: schedule.what } : kept
  const choices = stays === undefined ? known : [stays, ...known.filter((each) => each !== own)]
  const choice = fixed ?? choices.find(({ value }) => value === chosen) ?? choices[0]
  const failed = create.error ?? update.error
  const faults = fieldFaults(failed === null ? null : opsFault(failed), [
    schedule === undefined ? 'schedule' : 'changes',
  ])
  const beside = faults.beside(['name'], ['cron'], ['timeZone'])
  // The first choice stands until another is made: it must not change once it is seen.
  if (!isRead && fixed === undefined && stays === undefined) {
    return (
      <FormUnready>
        <Unread title={translate('schedule.new')} lines={4} error={notRead} onRetry={retry} />
      </FormUnready>
    )
  }
  if (choice === undefined) {
    return (
      <FormUnready>
        <p className="ops-soft">{translate('schedule.nothing')}</p>
      </FormUnready>
    )
  }
  const cron = when.kind === 'custom' ? when.cron : cronOf(whenOfDraft(when))
  const onSuccess = (made: OpsSchedule) => {
    const at = made.nextAt === null ? translate('schedule.off') : relativeTime(made.nextAt, locale)
    notices.show({ kind: 'done', text: translate('schedule.made', { name: made.name, when: at }) })
    onDone()
  }
  return (
    <Form
      // What can be scheduled may come after the form.
      ref={focusFirstField}
      className="ops-column-form ops-work-form"
      aria-label={
        schedule === undefined ? translate('schedule.new') : translate('schedule.edit', { name: schedule.name })
      }
      onSubmit={() => {
        const written = { name: name.trim() || choice.label, cron, timeZone: zone, what: choice.what }
        if (schedule === undefined) create.mutate(written, { onSuccess })
        else update.mutate({ scheduleId: schedule.id, changes: written }, { onSuccess })
      }}
    >
      {fixed === undefined ? (
        <Combobox label={translate('schedule.what')} value={choice.value} onChange={setChosen} choices={choices} />
      ) : null}
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
      <NextRuns cron={cron} timeZone={zone} />
      {beside === null ? null : (
        <p className="ops-report" data-kind="error" role="alert">
          {translate.said(beside)}
        </p>
      )}
      <div className="ops-run-buttons">
        <Button look="main" type="submit" isBusy={create.isPending || update.isPending} disabled={cron.trim() === ''}>
          {translate(schedule === undefined ? 'schedule.save' : 'column.save')}
        </Button>
        <CancelButton />
      </div>
    </Form>
  )
}

/** Whether a choice is what a schedule starts. */
function isSame(choice: Scheduled, kept: Scheduled | undefined): boolean {
  return kept !== undefined && Object.entries(choice).every(([member, value]) => kept[member] === value)
}

/** Everything that a schedule can start. */
function useChoices() {
  const { translate } = useOpsContext()
  const feeds = useFeeds()
  const tables = useTables()
  const syncs = (feeds.data ?? []).map(
    ({ id, name }): Choice => ({
      value: id,
      label: translate('schedule.what-sync', { name }),
      what: { kind: 'sync', feedId: id },
    }),
  )
  const columns = (tables.data ?? []).flatMap((table) =>
    table.columns
      .filter(({ fill }) => fill !== null)
      .map(
        ({ id, name }): Choice => ({
          value: id,
          label: translate('schedule.what-column', { name: `${name} · ${table.name}` }),
          what: { kind: 'column', tableId: table.id, columnId: id },
        }),
      ),
  )
  return {
    choices: [...syncs, ...columns],
    isRead: feeds.data !== undefined && tables.data !== undefined,
    error: feeds.error ?? tables.error,
    retry: () => void Promise.all([feeds.refetch(), tables.refetch()]),
  }
}

/** The time zones that the browser knows, the own one among them. */
function zones(own: string): readonly string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return [...new Set([own, 'UTC', ...known])]
}
