import { Plus } from 'lucide'
import { useOpsContext } from '../provider/ops-context.ts'
import { Icon } from '../ui/icon.tsx'
import { EditorPlace } from './editor-place.tsx'
import { FooterRow, type Summaries } from './footer-row.tsx'
import type { ColumnMarks } from './header-cell.tsx'
import { HeaderRow } from './header-row.tsx'
import { useGrid, useGridState } from './use-grid-state.ts'

export interface GridBodyProps {
  readonly gridId: string
  readonly label: string
  readonly setRoot: (element: HTMLDivElement | null) => void
  readonly marks: Readonly<Record<string, ColumnMarks>> | undefined
  readonly summaries: Summaries | undefined
}

/** The elements that the viewport draws into. React makes them once and never looks inside the panes again. */
export function GridBody({ gridId, label, setRoot, marks, summaries }: GridBodyProps) {
  const lines = useGridState((state) => state.lines)
  const columnCount = useGridState((state) => state.layout.columns.length)
  const density = useGridState((state) => state.density)
  const hasEnd = useGridState((state) => state.layout.panes.end.count > 0)
  const hasFooter = summaries !== undefined
  return (
    <div
      ref={setRoot}
      className="ops-grid"
      role={lines.hasGroups ? 'treegrid' : 'grid'}
      id={gridId}
      data-density={density}
      data-has-end={hasEnd}
      aria-label={label}
      aria-multiselectable="true"
      aria-rowcount={lines.count + (hasFooter ? 2 : 1)}
      aria-colcount={columnCount + 1}
      tabIndex={0}
    >
      <div className="ops-grid-spacer" role="presentation">
        <div className="ops-grid-view" role="presentation">
          <HeaderRow marks={marks} />
          <div className="ops-grid-body" role="presentation" data-footer={hasFooter}>
            <div className="ops-pane ops-pane-start" role="presentation" />
            <div className="ops-pane ops-pane-center" role="presentation" />
            <div className="ops-pane ops-pane-end" role="presentation" />
            <Tail />
          </div>
          {summaries === undefined ? null : <FooterRow summaries={summaries} />}
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
        <button type="button" className="ops-add-row" tabIndex={-1} onClick={() => void grid.addRow()}>
          <Icon icon={Plus} size={14} />
          {translate('grid.add-row')}
        </button>
      ) : null}
    </div>
  )
}
