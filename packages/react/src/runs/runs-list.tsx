import { ListChecks } from 'lucide'
import { useState } from 'react'
import type { OpsRun, RunState } from '../data/client/runs-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useRun, useRuns } from '../data/use-runs.ts'
import { useTables } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Select } from '../ui/select.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { RunLine, runKinds } from './run-line.tsx'
import { type RunAgain, runsAgain } from './runs-again.ts'

export interface RunsListProps {
  /** Whose runs are shown at first. */
  readonly tableId?: string | undefined
  /** The run whose details are open at first. */
  readonly runId?: string | undefined
}

/** Of the runs that go on, so many are followed by streams: browsers open few to one server. */
const followed = 2

const states = ['queued', 'running', 'paused', 'done', 'failed', 'cancelled'] as const satisfies readonly RunState[]

/** The runs, the latest first, by state, kind and table. */
export function RunsList({ tableId, runId }: RunsListProps) {
  const { translate } = useOpsContext()
  const tables = useTables().data ?? []
  const [state, setState] = useState<RunState | 'every'>('every')
  const [kind, setKind] = useState<string>('every')
  const [table, setTable] = useState(tableId ?? 'every')
  const [openRun, setOpenRun] = useState<string | null>(runId ?? null)
  const runs = useRuns({
    ...(table !== 'every' && { tableId: table }),
    ...(kind !== 'every' && { kind }),
    ...(state !== 'every' && { states: [state] }),
  })
  const isFiltered = state !== 'every' || kind !== 'every' || table !== 'every'
  const again = runsAgain(runs.items)
  const streamed = new Set(
    runs.items
      .filter((run) => !isOver(run))
      .slice(0, followed)
      .map(({ id }) => id),
  )
  return (
    <div className="ops-work">
      <div className="ops-work-filters">
        <Select
          label={translate('runs.state')}
          isLabelHidden
          size="small"
          value={state}
          onChange={setState}
          choices={[
            { value: 'every', label: translate('runs.all-states') },
            ...states.map((value) => ({ value, label: translate(`run.${value}`) })),
          ]}
        />
        <Select
          label={translate('runs.kind')}
          isLabelHidden
          size="small"
          value={kind}
          onChange={setKind}
          choices={[
            { value: 'every', label: translate('runs.all-kinds') },
            ...runKinds.map((value) => ({ value, label: translate(`runs.${value}`) })),
          ]}
        />
        <Select
          label={translate('runs.table')}
          isLabelHidden
          size="small"
          value={table}
          onChange={setTable}
          choices={[
            { value: 'every', label: translate('runs.all-tables') },
            ...tables.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      {runs.error !== null ? (
        <ErrorState title={translate('runs.title')} text={opsFault(runs.error).message} onRetry={runs.retry} />
      ) : runs.isLoading ? (
        <Skeleton lines={6} label={translate('runs.title')} />
      ) : runs.items.length === 0 ? (
        <EmptyState
          icon={ListChecks}
          title={translate(isFiltered ? 'runs.none-fit' : 'runs.none')}
          {...(!isFiltered && { text: translate('runs.none-text') })}
        />
      ) : (
        <ul className="ops-connections">
          {runs.items.map((run) => (
            <FollowedRun
              key={run.id}
              run={run}
              again={again.get(run.id)}
              isStreamed={streamed.has(run.id)}
              isOpen={openRun === run.id}
              onOpen={(isOpen) => setOpenRun(isOpen ? run.id : null)}
            />
          ))}
        </ul>
      )}
      {runs.hasMore ? (
        <Button look="quiet" isBusy={runs.isLoadingMore} onClick={runs.loadMore}>
          {translate('runs.more')}
        </Button>
      ) : null}
    </div>
  )
}

interface FollowedRunProps {
  readonly run: OpsRun
  readonly again: RunAgain | undefined
  readonly isStreamed: boolean
  readonly isOpen: boolean
  onOpen(isOpen: boolean): void
}

/** A run as it goes on. */
function FollowedRun({ run, isStreamed, ...line }: FollowedRunProps) {
  const table = useTables().data?.find(({ id }) => id === run.tableId)
  const live = useRun(isStreamed ? run.id : null).data
  return <RunLine {...line} run={(isStreamed ? live : undefined) ?? run} table={table} />
}

function isOver({ state }: OpsRun): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed'
}
