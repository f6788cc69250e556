import type { AggregateId, ValueContext } from '@opslayer/core/values'
import { useMemo } from 'react'
import { optionOf } from '../cells/tones.ts'
import { useOpsClient } from '../data/data-context.ts'
import { queryKeys } from '../data/query-keys.ts'
import { useOpsQuery } from '../data/use-ops-query.ts'
import type { Summaries, Summary } from '../grid/footer-row.tsx'
import { summaryText } from '../grid/summary-text.ts'
import type { AggregateValue } from '../grid-state/aggregate-result.ts'
import type { GridColumn } from '../grid-state/grid-column.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import type { Translate } from '../provider/translator.ts'
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
        return [[id, shownSummary(column, aggregate, value, context, translate)]]
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

function shownSummary(
  column: GridColumn,
  aggregate: AggregateId,
  value: AggregateValue | undefined,
  context: ValueContext,
  translate: Translate,
): Summary {
  const label = translate(`aggregate.${aggregate}`)
  if (value === undefined) return { aggregate, label, text: null }
  if (typeof value !== 'object' || value === null) return summaryText(column, { aggregate, value }, context, translate)
  const all = value.reduce((sum, { count }) => sum + count, 0)
  return {
    aggregate,
    label,
    text: null,
    distribution: value.map(({ value: each, count }) => {
      const { name, color } = optionOf(column.settings, String(each ?? ''))
      return { label: name, share: count / all, tone: color }
    }),
  }
}
