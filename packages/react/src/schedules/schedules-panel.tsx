import { CalendarClock, Pencil, Plus, Trash2 } from 'lucide'
import { useRef } from 'react'
import type { OpsSchedule } from '../data/client/schedules-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useFeeds } from '../data/use-feeds.ts'
import { useMay } from '../data/use-may.ts'
import { useScheduleMutations, useSchedules } from '../data/use-schedules.ts'
import { useTables } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FormInPlace } from '../ui/form-in-place.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { Switch } from '../ui/switch.tsx'
import { useFormInPlace } from '../ui/use-form-in-place.ts'
import { useHeldFocus } from '../ui/use-held-focus.ts'
import { cronWords } from './cron-words.ts'
import { ScheduleForm } from './schedule-form.tsx'

/** Work that begins by itself: when, what, and whether it did. */
export function SchedulesPanel() {
  const { translate } = useOpsContext()
  const mayDefine = useMay('schedules')
  const schedules = useSchedules()
  const form = useFormInPlace()
  const panel = useRef<HTMLDivElement>(null)
  const heldFocus = useHeldFocus(panel, '.ops-button')
  if (schedules.error !== null) {
    return (
      <NotRead title={translate('work.schedules')} error={schedules.error} onRetry={() => void schedules.refetch()} />
    )
  }
  if (schedules.data === undefined) return <Skeleton lines={4} label={translate('work.schedules')} />
  const make = mayDefine ? (
    <Button icon={Plus} ref={form.buttonRef} onClick={form.open}>
      {translate('schedule.new')}
    </Button>
  ) : null
  return (
    <div ref={panel} className="ops-work" {...heldFocus}>
      {schedules.data.length === 0 ? (
        form.isOpen ? null : (
          <EmptyState
            icon={CalendarClock}
            title={translate('schedule.none')}
            text={translate('schedule.none-text')}
            action={make}
          />
        )
      ) : (
        <ul className="ops-connections">
          {schedules.data.map((schedule) => (
            <ScheduleLine key={schedule.id} schedule={schedule} mayDefine={mayDefine} />
          ))}
        </ul>
      )}
      {!mayDefine ? (
        <p className="ops-soft">{translate('schedule.not-allowed')}</p>
      ) : form.isOpen ? (
        <FormInPlace onClose={form.close}>
          <ScheduleForm onDone={form.close} />
        </FormInPlace>
      ) : schedules.data.length === 0 ? null : (
        <div>{make}</div>
      )}
    </div>
  )
}

interface ScheduleLineProps {
  readonly schedule: OpsSchedule
  readonly mayDefine: boolean
}

function ScheduleLine({ schedule, mayDefine }: ScheduleLineProps) {
  const { translate, locale } = useOpsContext()
  const notices = useNotices()
  const { update, delete: remove } = useScheduleMutations()
  const what = useScheduledName(schedule)
  const { id, name, cron, timeZone, enabled, nextAt, lastError } = schedule
  const form = useFormInPlace()
  const tell = { onError: (fault: Error) => notices.show({ kind: 'error', text: opsFault(fault).message }) }
  const next = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  if (form.isOpen) {
    const kept = { value: id, label: what, what: schedule.what }
    return (
      <li>
        <FormInPlace onClose={form.close}>
          <ScheduleForm
            schedule={schedule}
            {...(kept.what.kind === 'action' ? { fixed: kept } : { kept })}
            onDone={form.close}
          />
        </FormInPlace>
      </li>
    )
  }
  return (
    <li className="ops-connection">
      <div className="ops-connection-names">
        <strong>{name}</strong>
        <span>{what}</span>
        <span className="ops-soft">
          {[
            `${cronWords(cron, locale, translate)} (${timeZone})`,
            nextAt === null
              ? translate('schedule.off')
              : translate('schedule.next', { when: next.format(Date.parse(nextAt)) }),
          ].join(' · ')}
        </span>
        {lastError === null ? null : (
          <span className="ops-field-error">{translate('schedule.last-error', { reason: lastError })}</span>
        )}
      </div>
      {mayDefine ? (
        <>
          <Switch
            label={translate('schedule.is-on', { name })}
            isLabelHidden
            checked={enabled}
            onChange={(next) => update.mutate({ scheduleId: id, changes: { enabled: next } }, tell)}
          />
          <IconButton
            ref={form.buttonRef}
            icon={Pencil}
            label={translate('schedule.edit', { name })}
            onClick={form.open}
          />
          <IconButton
            icon={Trash2}
            label={translate('schedule.delete', { name })}
            onClick={() => remove.mutate(id, tell)}
          />
        </>
      ) : null}
    </li>
  )
}

/** What a schedule starts, in words. */
function useScheduledName({ what }: OpsSchedule): string {
  const { translate } = useOpsContext()
  const feeds = useFeeds().data ?? []
  const tables = useTables().data ?? []
  if (what.kind === 'sync') {
    const feed = feeds.find(({ id }) => id === what.feedId)
    return translate('schedule.what-sync', { name: feed?.name ?? String(what.feedId) })
  }
  if (what.kind === 'column') {
    const table = tables.find(({ id }) => id === what.tableId)
    const column = table?.columns.find(({ id }) => id === what.columnId)
    return translate('schedule.what-column', {
      name: `${column?.name ?? String(what.columnId)} · ${table?.name ?? ''}`,
    })
  }
  const { plugin } = Object(what.request) as { readonly plugin?: unknown }
  return what.kind === 'action' ? translate('schedule.what-action', { plugin: String(plugin) }) : what.kind
}
