import { ListChecks } from 'lucide'
import { useState } from 'react'
import type { OpsRun, RunState } from '../data/client/runs-calls.ts'
import { isRunOver, useRun, useRuns } from '../data/use-runs.ts'
import { useTables } from '../data/use-tables.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { Choice } from '../ui/choice.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { NotRead } from '../ui/not-read.tsx'
import { Select } from '../ui/select.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { MoreButton } from './more-button.tsx'
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
  const [state, setState] = useState<RunState | null>(null)
  const [kind, setKind] = useState<string | null>(null)
  const [table, setTable] = useState(tableId ?? null)
  const [openRun, setOpenRun] = useState<string | null>(runId ?? null)
  const runs = useRuns({
    ...(table !== null && { tableId: table }),
    ...(kind !== null && { kind }),
    ...(state !== null && { states: [state] }),
  })
  const isFiltered = state !== null || kind !== null || table !== null
  const again = runsAgain(runs.items)
  const streamed = new Set(
    runs.items
      .filter((run) => !isRunOver(run))
      .slice(0, followed)
      .map(({ id }) => id),
  )
  return (
    <div className="ops-work">
      <div className="ops-work-filters">
        <Narrowing
          label={translate('runs.state')}
          every={translate('runs.all-states')}
          value={state}
          onChange={setState}
          choices={states.map((value) => ({ value, label: translate(`run.${value}`) }))}
        />
        <Narrowing
          label={translate('runs.kind')}
          every={translate('runs.all-kinds')}
          value={kind}
          onChange={setKind}
          choices={runKinds.map((value) => ({ value, label: translate(`runs.${value}`) }))}
        />
        <Narrowing
          label={translate('runs.table')}
          every={translate('runs.all-tables')}
          value={table}
          onChange={setTable}
          choices={tables.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </div>
      {runs.error !== null ? (
        <NotRead title={translate('runs.title')} error={runs.error} onRetry={runs.retry} />
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
      <MoreButton pages={runs} />
    </div>
  )
}

interface NarrowingProps<Value extends string> {
  readonly label: string
  /** What stands for no narrowing down. */
  readonly every: string
  readonly value: Value | null
  onChange(value: NoInfer<Value> | null): void
  readonly choices: readonly Choice<Value>[]
}

/** Narrows the runs down to one value, or to none. */
function Narrowing<Value extends string>({ label, every, value, onChange, choices }: NarrowingProps<Value>) {
  return (
    <Select<Value | 'every'>
      label={label}
      isLabelHidden
      size="small"
      value={value ?? 'every'}
      onChange={(next) => onChange(next === 'every' ? null : (next as Value))}
      choices={[{ value: 'every', label: every }, ...choices]}
    />
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
