import { RotateCw } from 'lucide'
import { opsFault } from '../data/ops-fault.ts'
import { useActionMutations } from '../data/use-actions.ts'
import { isRunOver, useRun } from '../data/use-runs.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { ActionResults } from '../runs/action-results.tsx'
import { Button } from '../ui/button.tsx'
import { useNotices } from '../ui/notice-queue.ts'
import { ProgressLine } from '../ui/progress-line.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

export interface ActionProgressProps {
  readonly tableId: string
  readonly runId: string
  /** The failed rows are tried once more, by another run. */
  onRetried(runId: string): void
  onClose(): void
}

/** How far an action is, and what became of its rows. */
export function ActionProgress({ tableId, runId, onRetried, onClose }: ActionProgressProps) {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const run = useRun(runId).data
  const { retry } = useActionMutations(tableId)
  if (run === undefined) return <Skeleton lines={3} label={translate('run.queued')} />
  const { state, progress, error } = run
  const { done, total, counts } = progress
  const failed = counts.failed ?? 0
  const isOver = isRunOver(run)
  return (
    <div className="ops-column-form">
      <ProgressLine
        share={state === 'done' ? 1 : total === null || total === 0 ? null : Math.min(1, done / total)}
        label={translate(`run.${state}`)}
        text={[
          translate(`run.${state}`),
          total === null ? translate('import.rows', { done }) : translate('import.rows-of', { done, total }),
          ...(failed > 0 ? [translate('runs.failed', { count: failed })] : []),
        ].join(' · ')}
        {...(failed > 0 && { tone: 'red' })}
      />
      {error === null ? null : (
        <p className="ops-report" data-kind="error" role="alert">
          {translate.said(error.message)}
        </p>
      )}
      {isOver ? <ActionResults key={`${runId} ${state}`} runId={runId} /> : null}
      <div className="ops-run-buttons">
        <Button look="main" onClick={onClose}>
          {translate(isOver ? 'action.done' : 'action.close')}
        </Button>
        {isOver && failed > 0 ? (
          <Button
            icon={RotateCw}
            isBusy={retry.isPending}
            onClick={() =>
              retry.mutate(runId, {
                onSuccess: ({ id }) => onRetried(id),
                onError: (fault) => notices.show({ kind: 'error', text: opsFault(fault).message }),
              })
            }
          >
            {translate('action.again')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
