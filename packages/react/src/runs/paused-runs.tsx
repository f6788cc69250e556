import { CirclePause } from 'lucide'
import { useDialogs } from '../data/dialog-host.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import type { PausedRun } from './use-column-runs.tsx'

export interface PausedRunsProps {
  readonly tableId: string
  readonly runs: readonly PausedRun[]
}

/** Says over the rows which runs wait for people and why: for a budget that is spent, or a connection that is refused. */
export function PausedRuns({ tableId, runs }: PausedRunsProps) {
  const { translate } = useOpsContext()
  const dialogs = useDialogs()
  return runs.map(({ runId, name, reason }) => (
    <div key={runId} className="ops-fault" role="status">
      <Icon icon={CirclePause} size={14} />
      <span>{translate('run.paused-why', { name, reason })}</span>
      {dialogs.has('runs') ? (
        <Button size="small" onClick={() => dialogs.open('runs', { tableId, runId })}>
          {translate('cell.show-run')}
        </Button>
      ) : null}
    </div>
  ))
}
