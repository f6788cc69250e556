import { ChevronDown, ChevronRight, Pause, Play, RotateCw, Square } from 'lucide'
import { useRef } from 'react'
import type { OpsRun, RunState } from '../data/client/runs-calls.ts'
import type { OpsTableInfo } from '../data/client/tables-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useActionMutations } from '../data/use-actions.ts'
import { useMay } from '../data/use-may.ts'
import { isRunOver, useRunMutations } from '../data/use-runs.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { Translate } from '../provider/translator.ts'
import { relativeTime, TimeText } from '../rows/time-text.tsx'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { ProgressLine } from '../ui/progress-line.tsx'
import { useHeldFocus } from '../ui/use-held-focus.ts'
import { columnOf } from './run-column.ts'
import { RunDetails } from './run-details.tsx'
import type { RunAgain } from './runs-again.ts'
import { useRunControls } from './use-run-controls.ts'

/** Kinds of runs that have a name of their own. */
export const runKinds = ['column', 'action', 'import', 'source', 'sync', 'copy', 'backfill'] as const

const tones: Readonly<Partial<Record<RunState, string>>> = { failed: 'red', cancelled: 'gray', paused: 'amber' }

export interface RunLineProps {
  readonly run: OpsRun
  readonly table: OpsTableInfo | undefined
  /** What became of its failed cells, if they were asked for again. */
  readonly again: RunAgain | undefined
  readonly isOpen: boolean
  onOpen(isOpen: boolean): void
}

/** A run: what it does, how far it is, what can be done about it, and its details once it is opened. */
export function RunLine({ run, table, again, isOpen, onOpen }: RunLineProps) {
  const { translate, locale } = useOpsContext()
  const line = useRef<HTMLLIElement>(null)
  const heldFocus = useHeldFocus(line, '.ops-run-name')
  const name = runName(run, table, translate)
  const { state, progress, error, createdAt, resumesAt } = run
  const tone = tones[state]
  return (
    <li ref={line} className="ops-connection ops-run-line" {...heldFocus}>
      <div className="ops-connection-names">
        <button type="button" className="ops-run-name" aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
          <Icon icon={isOpen ? ChevronDown : ChevronRight} size={14} />
          <strong>{name}</strong>
          <span className="ops-soft">
            <TimeText at={createdAt} />
          </span>
        </button>
        <ProgressLine
          share={shareOf(run)}
          label={name}
          text={[
            translate(`run.${state}`),
            progress.total === null
              ? translate('import.rows', { done: progress.done })
              : translate('import.rows-of', { done: progress.done, total: progress.total }),
            ...countTexts(progress.counts, again, translate),
            ...(resumesAt === null || state !== 'paused'
              ? []
              : [translate('runs.resumes', { when: relativeTime(resumesAt, locale) })]),
          ].join(' · ')}
          {...(tone !== undefined && { tone })}
        />
        {error === null ? null : <span className="ops-field-error">{translate.said(error.message)}</span>}
        {isOpen ? <RunDetails run={run} /> : null}
      </div>
      <RunButtons run={run} isRetried={again?.isTaken === true} />
    </li>
  )
}

/** What a run does, with the column and the table that it is about. */
function runName(run: OpsRun, table: OpsTableInfo | undefined, translate: Translate): string {
  const kind = runKinds.find((known) => known === run.kind)
  const column = table?.columns.find(({ id }) => id === columnOf(run))?.name
  const what = column ?? (kind === undefined ? run.kind : translate(`runs.${kind}`))
  return table === undefined ? what : `${what} · ${table.name}`
}

function RunButtons({ run, isRetried }: { readonly run: OpsRun; readonly isRetried: boolean }) {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const mayWork = useMay('runs.write')
  const { pause, resume, cancel } = useRunControls()
  const { retry } = useRunMutations()
  const { retry: retryAction } = useActionMutations(run.tableId ?? '')
  const { id, kind, state, progress } = run
  if (!mayWork) return null
  const canRetry =
    isRunOver(run) && !isRetried && (kind === 'column' || kind === 'action') && (progress.counts.failed ?? 0) > 0
  const asked = {
    onSuccess: () => notices.show({ kind: 'done' as const, text: translate('runs.retried') }),
    onError: (fault: Error) => notices.show({ kind: 'error' as const, text: opsFault(fault).message }),
  }
  return (
    <>
      {state === 'running' || state === 'queued' ? (
        <IconButton icon={Pause} label={translate('run.pause')} onClick={() => pause(id)} />
      ) : null}
      {state === 'paused' || state === 'failed' ? (
        <IconButton icon={Play} label={translate('run.resume')} onClick={() => resume(id)} />
      ) : null}
      {canRetry ? (
        <IconButton
          icon={RotateCw}
          label={translate('runs.retry')}
          onClick={() => (kind === 'column' ? retry : retryAction).mutate(id, asked)}
        />
      ) : null}
      {state === 'done' || state === 'cancelled' ? null : (
        <IconButton icon={Square} label={translate('run.cancel')} onClick={() => cancel(id)} />
      )}
    </>
  )
}

function shareOf({ state, progress: { done, total } }: OpsRun): number | null {
  if (state === 'done') return 1
  if (total === null || total === 0) return state === 'running' ? null : 0
  return Math.min(1, done / total)
}

function countTexts(
  counts: OpsRun['progress']['counts'],
  again: RunAgain | undefined,
  translate: Translate,
): readonly string[] {
  const failed = (counts.failed ?? 0) + (counts.rejected ?? 0)
  const { skipped = 0, cached = 0, held = 0 } = counts
  return [
    ...(failed > 0 ? [failedText(failed, again, translate)] : []),
    ...(skipped > 0 ? [translate('runs.skipped', { count: skipped })] : []),
    ...(cached > 0 ? [translate('runs.cached', { count: cached })] : []),
    ...(held > 0 ? [translate('runs.held', { count: held })] : []),
  ]
}

function failedText(count: number, again: RunAgain | undefined, translate: Translate): string {
  if (again === undefined) return translate('runs.failed', { count })
  const { left } = again
  return left === null ? translate('runs.failed-asked', { count }) : translate('runs.failed-again', { count, left })
}
