import { ListFilter } from 'lucide'
import { useSyncExternalStore } from 'react'
import { useOpsClient } from '../data/data-context.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useOpsQuery } from '../data/use-ops-query.ts'
import type { RemoteRows } from '../grid-state/remote-rows.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import type { TableView } from '../views/use-table-view.ts'

export interface NoMatchesProps {
  readonly view: TableView
  /** Those that the view shows. */
  readonly rows: RemoteRows
}

/** Stands over the grid where a filter lets no row through. */
export function NoMatches({ view, rows }: NoMatchesProps) {
  const { translate } = useOpsContext()
  const client = useOpsClient()
  const tableId = view.table.id
  const isFiltered = view.definition.filter !== null
  const hasNone = useSyncExternalStore(rows.subscribe, () => rows.isCounted !== false && rows.count === 0)
  const total = useOpsQuery({
    queryKey: queryKeys.rows(tableId, 'total'),
    queryFn: ({ signal }) => client.rows.count.query({ tableId, exact: true }, { signal }),
    enabled: isFiltered,
  })
  if (!isFiltered || !hasNone) return null
  return (
    <div className="ops-no-matches">
      <EmptyState
        icon={ListFilter}
        title={translate('table.no-matches')}
        text={translate('table.no-matches-hint', { count: total.data?.count ?? 0 })}
        action={<Button onClick={() => view.change({ filter: null })}>{translate('filter.clear')}</Button>}
      />
    </div>
  )
}
