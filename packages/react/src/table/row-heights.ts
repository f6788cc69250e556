import type { RowHeight } from '../data/client/views-calls.ts'
import type { Density } from '../grid/controller/grid-state.ts'
import type { Translate } from '../provider/translator.ts'
import type { MenuEntry } from '../ui/menu-entry.ts'
import type { TableView } from '../views/use-table-view.ts'

/** Row heights of views as the grid has them. */
export const densities: Readonly<Record<RowHeight, Density>> = { short: 'compact', medium: 'normal', tall: 'tall' }

const heights = Object.keys(densities) as RowHeight[]

export function rowHeightEntries(view: TableView, translate: Translate): readonly MenuEntry[] {
  return heights.map((height) => ({
    id: `height-${height}`,
    label: `${translate('height.title')}: ${translate(`height.${height}`)}`,
    isChecked: view.definition.rowHeight === height,
    run: () => view.change({ rowHeight: height }),
  }))
}
