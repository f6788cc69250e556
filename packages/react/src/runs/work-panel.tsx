import { useState } from 'react'
import { FeedsPanel } from '../feeds/feeds-panel.tsx'
import { useOpsContext } from '../provider/ops-context.ts'
import { SchedulesPanel } from '../schedules/schedules-panel.tsx'
import { Guarded } from '../ui/guarded.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { useGuard } from '../ui/unsaved.ts'
import { RunsList } from './runs-list.tsx'
import { SpendPanel } from './spend-panel.tsx'

/** The pages of {@link WorkPanel}. */
export type WorkPage = 'runs' | 'spend' | 'schedules' | 'feeds'

export interface WorkPanelProps {
  /** Whose runs are shown at first. @default those of all tables */
  readonly tableId?: string
  /** The run whose details are open at first. @default none */
  readonly runId?: string
  /** The page that is seen at first. @default 'runs' */
  readonly page?: WorkPage
}

/** All work over rows: the runs with what became of them, what they cost, the schedules and the feeds that start them. */
export function WorkPanel({ tableId, runId, page: first = 'runs' }: WorkPanelProps) {
  const { translate } = useOpsContext()
  const [page, setPage] = useState<WorkPage>(first)
  const guarded = useGuard(false, () => {})
  return (
    <Guarded {...guarded}>
      <Tabs
        label={translate('runs.title')}
        value={page}
        onChange={(next) => guarded.guard.leave(() => setPage(next))}
        tabs={[
          { value: 'runs', label: translate('runs.title'), content: <RunsList tableId={tableId} runId={runId} /> },
          { value: 'spend', label: translate('work.spend'), content: <SpendPanel /> },
          { value: 'schedules', label: translate('work.schedules'), content: <SchedulesPanel /> },
          { value: 'feeds', label: translate('work.feeds'), content: <FeedsPanel /> },
        ]}
      />
    </Guarded>
  )
}
