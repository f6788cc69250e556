import { Plus } from 'lucide'
import { rangeSize } from '../grid-state/cell-range.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { Icon } from '../ui/icon.tsx'
import { type ColumnMarks, HeaderCell } from './header-cell.tsx'
import { useGrid, useGridState } from './use-grid-state.ts'

/** The names of the columns. Renders again when columns come into sight, not while rows scroll. */
export function HeaderRow({ marks }: { readonly marks: Readonly<Record<string, ColumnMarks>> | undefined }) {
  const grid = useGrid()
  const { translate } = useOpsContext()
  const layout = useGridState((state) => state.layout)
  const shown = useGridState((state) => state.shownColumns)
  const { start, center, end } = layout.panes
  const { onAddColumn } = grid.core.host()
  const cells = (from: number, to: number) =>
    layout.columns
      .slice(from, to)
      .map((placed) => <HeaderCell key={placed.column.id} placed={placed} marks={marks?.[placed.column.id]} />)
  return (
    <div className="ops-head" role="row" aria-rowindex={1}>
      <div className="ops-head-pane ops-head-start" role="presentation" style={{ width: start.widthPx }}>
        <div className="ops-gutter ops-head-gutter" role="columnheader" aria-colindex={1}>
          <SelectAll />
        </div>
        {cells(start.first, start.first + start.count)}
      </div>
      <div className="ops-head-pane ops-head-center" role="presentation" style={{ insetInlineStart: start.widthPx }}>
        <div className="ops-lane" role="presentation">
          {cells(center.first + shown.first, center.first + shown.last + 1)}
          {onAddColumn === undefined ? null : (
            <div
              className="ops-add-column"
              role="columnheader"
              aria-colindex={layout.columns.length + 2}
              style={{ insetInlineStart: center.widthPx }}
            >
              <button
                type="button"
                tabIndex={-1}
                aria-label={translate('grid.add-column')}
                title={translate('grid.add-column')}
                onClick={onAddColumn}
              >
                <Icon icon={Plus} />
              </button>
            </div>
          )}
        </div>
      </div>
      {end.count === 0 ? null : (
        <div className="ops-head-pane ops-head-end" role="presentation" style={{ width: end.widthPx }}>
          {cells(end.first, end.first + end.count)}
        </div>
      )}
    </div>
  )
}

function SelectAll() {
  const { select } = useGrid()
  const { translate } = useOpsContext()
  const isWhole = useGridState(
    ({ selection, lines, layout }) =>
      selection?.ranges.some((range) => rangeSize(range) === lines.count * layout.columns.length) ?? false,
  )
  return (
    <input
      type="checkbox"
      className="ops-checkbox"
      tabIndex={-1}
      aria-label={translate('grid.select-all')}
      checked={isWhole}
      onChange={() => select.selectWhole(isWhole ? 'cell' : 'all')}
    />
  )
}
