import type { RowHeight } from '../data/client/views-calls.ts'
import type { Density } from '../grid/controller/grid-state.ts'
import type { Translate } from '../provider/translator.ts'
import type { MenuEntry } from '../ui/menu-entry.ts'
import type { TableView } from '../views/use-table-view.ts'

/** Row heights of views as the grid has them. */
export const densities: Readonly<Record<RowHeight, Density>> = {
  short: 'normal',
  medium: 'normal',
  tall: 'tall',
  extra: 'tall',
}

/** Heights that differ in the grid. */
const offered = ['short', 'tall'] as const

export function rowHeightEntries(view: TableView, translate: Translate): readonly MenuEntry[] {
  return offered.map((height) => ({
    id: `height-${height}`,
    label: `${translate('height.title')}: ${translate(`height.${height}`)}`,
    isChecked: densities[view.definition.rowHeight] === densities[height],
    run: () => view.change({ rowHeight: height }),
  }))
}
