import type { AggregateId } from '@opslayer/core/values'
import type { GridColumn } from '../grid-state/grid-column.ts'
import type { Translate } from '../provider/translator.ts'
import type { MenuSections } from '../ui/menu-entry.ts'
import type { Summaries } from './footer-row.tsx'
import type { SummaryFunctions } from './use-summary.ts'

/** The summaries that a column can have. */
export function summaryMenu(
  column: GridColumn,
  summaries: Summaries | SummaryFunctions | undefined,
  translate: Translate,
): MenuSections {
  const chosen = chosenOf(column.id, summaries)
  const choose = (aggregate: (typeof column.type.aggregates)[number] | null) => () =>
    summaries?.onChoose?.(column.id, aggregate)
  return [
    [{ id: 'none', label: translate('aggregate.none'), isChecked: chosen === null, run: choose(null) }],
    column.type.aggregates.map((aggregate) => ({
      id: aggregate,
      label: translate(`aggregate.${aggregate}`),
      isChecked: aggregate === chosen,
      run: choose(aggregate),
    })),
  ]
}

function chosenOf(columnId: string, summaries: Summaries | SummaryFunctions | undefined): AggregateId | null {
  if (summaries === undefined) return null
  return ('functions' in summaries ? summaries.functions[columnId] : summaries.columns[columnId]?.aggregate) ?? null
}
