import { ListChecks, Pause, Play, Square } from 'lucide'
import type { OpsRun } from '../data/client/runs-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useMay } from '../data/use-may.ts'
import { useRun, useRunMutations, useRuns } from '../data/use-runs.ts'
import { useTables } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Dialog, type DialogState } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { ProgressLine } from '../ui/progress-line.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

export interface RunsDialogProps extends DialogState {
  /** @default the runs of all tables */
  readonly tableId?: string
}

/** The latest runs with their progress, which can be paused, resumed and cancelled. */
export default function RunsDialog({ tableId, open, onOpenChange }: RunsDialogProps) {
  const { translate } = useOpsContext()
  const runs = useRuns(tableId)
  const tables = useTables().data ?? []
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="large" title={translate('runs.title')}>
      {runs.error !== null ? (
        <ErrorState
          title={translate('runs.title')}
          text={opsFault(runs.error).message}
          onRetry={() => void runs.refetch()}
        />
      ) : runs.data === undefined ? (
        <Skeleton lines={6} label={translate('runs.title')} />
      ) : runs.data.items.length === 0 ? (
        <EmptyState icon={ListChecks} title={translate('runs.none')} text={translate('runs.none-text')} />
      ) : (
        <ul className="ops-connections">
          {runs.data.items.map((run) => {
            const table = tables.find(({ id }) => id === run.tableId)?.name
            return isOver(run) ? (
              <RunLine key={run.id} run={run} table={table} />
            ) : (
              <FollowedRun key={run.id} run={run} table={table} />
            )
          })}
        </ul>
      )}
    </Dialog>
  )
}

function isOver({ state }: OpsRun): boolean {
  return state === 'done' || state === 'cancelled'
}

interface RunLineProps {
  readonly run: OpsRun
  readonly table: string | undefined
}

/** A run that is not over, as it goes on. */
function FollowedRun({ run, table }: RunLineProps) {
  return <RunLine run={useRun(run.id).data ?? run} table={table} />
}

/** Kinds of runs that have a name of their own. */
const kinds = ['import', 'copy', 'backfill', 'column', 'action', 'source', 'sync'] as const

function RunLine({ run, table }: RunLineProps) {
  const { translate, locale, timeZone } = useOpsContext()
  const mayWork = useMay('runs.write')
  const { pause, resume, cancel } = useRunMutations()
  const { id, state, progress, error, createdAt } = run
  const { done, total, counts } = progress
  const kind = kinds.find((known) => known === run.kind)
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(createdAt),
  )
  const failed = (counts.failed ?? 0) + (counts.rejected ?? 0)
  const numbers = new Intl.NumberFormat(locale)
  const rows = total === null ? translate('import.rows', { done }) : translate('import.rows-of', { done, total })
  return (
    <li className="ops-connection">
      <div className="ops-connection-names">
        <strong>
          {kind === undefined ? run.kind : translate(`runs.${kind}`)}
          {table === undefined ? '' : ` · ${table}`}
        </strong>
        <ProgressLine
          share={
            state === 'done'
              ? 1
              : total === null || total === 0
                ? state === 'running'
                  ? null
                  : 0
                : Math.min(1, done / total)
          }
          label={translate(`run.${state}`)}
          text={[
            translate(`run.${state}`),
            rows,
            failed > 0 ? translate('runs.failed', { count: numbers.format(failed) }) : null,
            at,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
          {...((state === 'failed' || state === 'cancelled') && { tone: state === 'failed' ? 'red' : 'gray' })}
        />
        {error === null ? null : <span className="ops-field-error">{error.message}</span>}
      </div>
      {mayWork && (state === 'running' || state === 'queued') ? (
        <IconButton icon={Pause} label={translate('run.pause')} onClick={() => pause.mutate(id)} />
      ) : null}
      {mayWork && (state === 'paused' || state === 'failed') ? (
        <IconButton icon={Play} label={translate('run.resume')} onClick={() => resume.mutate(id)} />
      ) : null}
      {mayWork && !isOver(run) ? (
        <IconButton icon={Square} label={translate('run.cancel')} onClick={() => cancel.mutate(id)} />
      ) : null}
    </li>
  )
}
