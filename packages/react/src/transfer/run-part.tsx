import { Pause, Play, Square, Undo2 } from 'lucide'
import { useData } from '../data/data-context.ts'
import { useRun } from '../data/use-runs.ts'
import { useUndo } from '../data/use-undo.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useRunControls } from '../runs/use-run-controls.ts'
import { Button } from '../ui/button.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { ProgressLine } from '../ui/progress-line.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ImportCounts } from './check-part.tsx'
import { DownloadButton } from './download-button.tsx'
import { durationText } from './duration-text.ts'

/** An import at work: how far it is, and what can be done about it. */
export function RunPart({ runId }: { readonly runId: string }) {
  const { translate, locale } = useOpsContext()
  const { uploads } = useData()
  const run = useRun(runId).data
  const { pause, resume, cancel } = useRunControls()
  const { operation: undo } = useUndo()
  const notices = useNotices()
  if (run === undefined) return <Skeleton lines={2} label={translate('import.running')} />
  const { state, progress, error } = run
  const { done, total, counts, rowsPerSecond, remainingMs } = progress
  const isOver = state === 'done' || state === 'cancelled'
  const speed =
    state === 'running' && rowsPerSecond !== null
      ? translate('import.speed', {
          speed: Math.round(rowsPerSecond),
          left: remainingMs === null ? '' : durationText(remainingMs, locale),
        })
      : ''
  const text = total === null ? translate('import.rows', { done }) : translate('import.rows-of', { done, total })
  const rejected = counts.rejected ?? 0
  return (
    <div className="ops-run" data-state={state}>
      <ProgressLine
        share={state === 'done' ? 1 : total === null || total === 0 ? null : Math.min(1, done / total)}
        label={translate('import.running')}
        text={`${translate(`run.${state}`)} · ${text}${speed === '' ? '' : ` · ${speed}`}`}
        {...(state === 'failed' && { tone: 'red' })}
      />
      {error === null ? null : (
        <p className="ops-report" data-kind="error" role="alert">
          {translate.said(error.message)}
        </p>
      )}
      <ImportCounts counts={counts} />
      <div className="ops-run-buttons">
        {state === 'running' || state === 'queued' ? (
          <Button icon={Pause} onClick={() => pause(runId)}>
            {translate('run.pause')}
          </Button>
        ) : null}
        {state === 'paused' || state === 'failed' ? (
          <Button icon={Play} onClick={() => resume(runId)}>
            {translate('run.resume')}
          </Button>
        ) : null}
        {isOver ? null : (
          <Button icon={Square} onClick={() => cancel(runId)}>
            {translate('run.cancel')}
          </Button>
        )}
        {rejected > 0 && isOver && uploads !== null ? (
          <DownloadButton
            uploads={uploads}
            path={`/import-errors?input=${encodeURIComponent(JSON.stringify({ runId }))}`}
          >
            {translate('import.error-file', { count: rejected })}
          </DownloadButton>
        ) : null}
        {isOver && done > 0 ? (
          <Button
            icon={Undo2}
            isBusy={undo.isPending}
            disabled={undo.isSuccess}
            onClick={() =>
              undo.mutate(run.operation, {
                onSuccess: () => notices.show({ kind: 'done', text: translate('import.undone') }),
                onError: (fault) => notices.show({ kind: 'error', text: fault.message }),
              })
            }
          >
            {translate('import.undo')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
