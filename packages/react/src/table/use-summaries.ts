import { useMemo } from 'react'
import { useOpsClient } from '../data/data-context.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useOpsQuery } from '../data/use-ops-query.ts'
import type { Summaries } from '../grid/footer-row.tsx'
import { summaryOf } from '../grid/summary-of.ts'
import type { GridColumn } from '../grid-state/grid-column.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useValueContext } from '../provider/use-value-context.ts'
import type { TableView } from '../views/use-table-view.ts'
import { withColumn } from '../views/view-columns.ts'

/** The summary row of a view: what its columns add up to, and how many rows it has of how many. */
export function useSummaries(view: TableView, columns: readonly GridColumn[]): Summaries {
  const client = useOpsClient()
  const context = useValueContext()
  const { translate } = useOpsContext()
  const tableId = view.table.id
  const asked = useMemo(
    () =>
      view.definition.columns.flatMap(({ column, summary }) =>
        summary != null && columns.some(({ id }) => id === column) ? [{ column, aggregate: summary }] : [],
      ),
    [view.definition.columns, columns],
  )
  const summary = useOpsQuery({
    queryKey: queryKeys.rows(tableId, 'summary', view.reads, asked),
    queryFn: ({ signal }) => client.rows.summary.query({ tableId, view: view.reads, aggregates: asked }, { signal }),
    placeholderData: (before) => before,
  })
  const isFiltered = view.definition.filter !== null
  const total = useOpsQuery({
    queryKey: queryKeys.rows(tableId, 'total'),
    queryFn: ({ signal }) => client.rows.count.query({ tableId, exact: true }, { signal }),
    enabled: isFiltered,
    placeholderData: (before) => before,
  })
  const results = summary.isPlaceholderData ? undefined : summary.data
  return {
    rows: rowsText(),
    columns: Object.fromEntries(
      asked.flatMap(({ column: id, aggregate }, place) => {
        const column = columns.find((each) => each.id === id)
        if (column === undefined) return []
        const value = results?.aggregates[place]
        return [[id, summaryOf(column, aggregate, value, context, translate)]]
      }),
    ),
    onChoose: (columnId, aggregate) =>
      view.change(withColumn(view.table.columns, view.definition, columnId, { summary: aggregate })),
  }

  function rowsText(): string {
    const count = summary.data?.count
    if (count === undefined) return ''
    const all = total.data?.count
    return isFiltered && all !== undefined
      ? translate('table.rows-of', { shown: count, count: all })
      : translate('table.rows', { count })
  }
}
