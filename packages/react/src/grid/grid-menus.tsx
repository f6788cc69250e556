import { lateGridTexts } from '../provider/late-grid-texts.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { addTexts } from '../provider/translator.ts'
import type { MenuSections } from '../ui/menu-entry.ts'
import type { OpenMenu } from './controller/grid-state.ts'
import type { Summaries } from './footer-row.tsx'
import type { GridActions } from './grid-actions.ts'
import { GridMenu } from './grid-menu.tsx'
import { cellMenu, columnMenu } from './grid-menu-entries.ts'
import { summaryMenu } from './summary-menu.ts'
import { useGrid } from './use-grid-state.ts'
import type { SummaryFunctions } from './use-summary.ts'

addTexts(lateGridTexts)

const names = { cell: 'grid.cell-menu', column: 'grid.column-menu', summary: 'grid.choose-summary' } as const

export interface GridMenusProps {
  readonly at: OpenMenu
  readonly actions: GridActions
  readonly summaries: Summaries | SummaryFunctions | undefined
  readonly container: HTMLElement | null
  onClose(): void
}

/** The menu that is open, of cells, a column, or a column's summary. */
export function GridMenus({ at, actions, summaries, container, onClose }: GridMenusProps) {
  const grid = useGrid()
  const { translate, menus } = useOpsContext()
  const column = grid.store.get().columns.find(({ id }) => id === at.columnId)
  if (column === undefined) return null
  const own = (): MenuSections => {
    if (at.kind === 'cell') return cellMenu(grid, actions)
    if (at.kind === 'summary') return summaryMenu(column, summaries, translate)
    return columnMenu(grid, column, summaries?.onChoose !== undefined)
  }
  const change = menus[at.kind]
  const sections = change === undefined ? own() : change(own(), { grid: actions, column })
  const label = translate(names[at.kind], { name: column.name })
  return <GridMenu at={at} sections={sections} label={label} container={container} onClose={onClose} />
}
