import type { AggregateId } from '@opslayer/core/values'
import { useEffect, useMemo } from 'react'
import { useOpsContext } from '../provider/ops-context.ts'
import { summarising } from './controller/summarising.ts'
import type { Summaries, Summary } from './footer-row.tsx'
import { summaryOf } from './summary-of.ts'
import { useGrid, useGridState } from './use-grid-state.ts'

/** What the footer sums up, worked out by the source of the rows. */
export interface SummaryFunctions extends Pick<Summaries, 'onChoose'> {
  /** The function of each column that has one, by column id. Pass another object only when something changed. */
  readonly functions: Readonly<Record<string, AggregateId>>
  /** How many rows there are without the filter: `12,480 of 500,000 rows`. @default only those shown are counted */
  readonly allRows?: number
}

const none: SummaryFunctions['functions'] = {}

/** The footer's results: those that the host hands in, or those of the source. */
export function useSummary(summaries: Summaries | SummaryFunctions): Summaries {
  const grid = useGrid()
  const { translate } = useOpsContext()
  const columns = useGridState((state) => state.columns)
  const worked = useGridState((state) => state.summary)
  const lines = useGridState((state) => state.lines)
  const isOurs = 'functions' in summaries
  const functions = isOurs ? summaries.functions : none
  const allRows = isOurs ? summaries.allRows : undefined
  const work = useMemo(() => summarising(grid.core), [grid])
  useEffect(() => {
    if (!isOurs) return
    const unfollow = grid.follow(work.follow)
    return () => {
      unfollow()
      work.stop()
    }
  }, [grid, work, isOurs])
  useEffect(() => {
    if (isOurs) work.choose(functions)
  }, [work, isOurs, functions])
  const shown = useMemo(() => {
    const values = grid.core.values()
    return Object.fromEntries(
      columns.flatMap((column): [string, Summary][] => {
        const aggregate = functions[column.id]
        if (aggregate === undefined) return []
        const result = worked?.results[column.id]
        const value = result?.aggregate === aggregate ? result.value : undefined
        return [[column.id, summaryOf(column, aggregate, value, values, translate)]]
      }),
    )
  }, [grid, columns, functions, worked, translate])
  if (!isOurs) return summaries
  // Lines change as soon as rows come and go, before they are summed up again.
  const count = worked?.count ?? (lines.hasGroups ? grid.core.source().count : lines.count)
  const rows =
    allRows === undefined || allRows === count
      ? translate('grid.rows', { count })
      : translate('grid.rows-of', { shown: count, count: allRows })
  return { rows, columns: shown, ...(summaries.onChoose !== undefined && { onChoose: summaries.onChoose }) }
}
