import { Plus } from 'lucide'
import { useOpsContext } from '../provider/ops-context.ts'
import { Icon } from '../ui/icon.tsx'
import { onDemand } from '../ui/on-demand.ts'
import { EditorPlace } from './editor-place.tsx'
import { focusGrid } from './focus-grid.ts'
import type { Summaries } from './footer-row.tsx'
import type { ColumnMarks } from './header-cell.tsx'
import { HeaderRow } from './header-row.tsx'
import { useGrid, useGridState } from './use-grid-state.ts'
import type { SummaryFunctions } from './use-summary.ts'

// Its place is there from the start; what it says is worked out later than the rows anyway.
const FooterRow = onDemand(
  () => import('./footer-row.tsx'),
  (module) => module.FooterRow,
  () => null,
  () => <div className="ops-foot" />,
)

export interface GridBodyProps {
  readonly gridId: string
  readonly label: string
  readonly setRoot: (element: HTMLDivElement | null) => void
  readonly marks: Readonly<Record<string, ColumnMarks>> | undefined
  readonly summaries: Summaries | SummaryFunctions | undefined
}

/** The elements that the viewport draws into. React makes them once and never looks inside the panes again. */
export function GridBody({ gridId, label, setRoot, marks, summaries }: GridBodyProps) {
  const grid = useGrid()
  const lines = useGridState((state) => state.lines)
  const columnCount = useGridState((state) => state.layout.columns.length)
  const density = useGridState((state) => state.density)
  const hasEnd = useGridState((state) => state.layout.panes.end.count > 0)
  const hasFooter = summaries !== undefined
  return (
    <div ref={setRoot} className="ops-grid" data-density={density} data-has-end={hasEnd} data-footer={hasFooter}>
      <div className="ops-grid-spacer">
        <div className="ops-grid-view">
          {/* Outside of the grid's element, and owned by its rows: cells of other panes are no children of a grid. */}
          <div className="ops-grid-body">
            <div className="ops-pane ops-pane-center" role="presentation" />
            <div className="ops-pane ops-pane-center ops-marks" role="presentation" />
            <div className="ops-pane ops-pane-end" role="presentation" />
            <div className="ops-pane ops-pane-end ops-marks" role="presentation" />
          </div>
          <div
            className="ops-grid-rows"
            role={lines.hasGroups ? 'treegrid' : 'grid'}
            id={gridId}
            aria-label={label}
            aria-multiselectable="true"
            aria-rowcount={lines.count + (hasFooter ? 2 : 1)}
            aria-colcount={columnCount + (grid.core.host().onAddColumn === undefined ? 1 : 2)}
            tabIndex={0}
          >
            <HeaderRow marks={marks} />
            <div className="ops-grid-body" role="presentation">
              <div className="ops-pane ops-pane-start" role="presentation" />
            </div>
            {summaries === undefined ? null : <FooterRow summaries={summaries} />}
          </div>
          <div className="ops-grid-body ops-grid-near">
            <div className="ops-pane ops-pane-start ops-marks" role="presentation" />
            <Tail />
          </div>
        </div>
      </div>
      <EditorPlace />
    </div>
  )
}

/** What follows the last line: a button that adds one. */
function Tail() {
  const grid = useGrid()
  const { translate } = useOpsContext()
  const canAppend = grid.core.source().append !== undefined
  return (
    <div className="ops-tail" role="presentation">
      {canAppend ? (
        <button
          type="button"
          className="ops-add-row"
          tabIndex={-1}
          onClick={(event) => {
            focusGrid(event.currentTarget)
            void grid.rows.add()
          }}
        >
          <Icon icon={Plus} size={14} />
          {translate('grid.add-row')}
        </button>
      ) : null}
    </div>
  )
}
