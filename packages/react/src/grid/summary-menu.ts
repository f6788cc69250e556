import type { GridColumn } from '../grid-state/grid-column.ts'
import type { Translate } from '../provider/translator.ts'
import type { MenuSections } from '../ui/menu-entry.ts'
import type { Summaries } from './footer-row.tsx'

/** The summaries that a column can have. */
export function summaryMenu(column: GridColumn, summaries: Summaries | undefined, translate: Translate): MenuSections {
  const chosen = summaries?.functions[column.id] ?? null
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
