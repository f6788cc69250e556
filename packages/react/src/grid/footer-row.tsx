import type { AggregateId } from '@opslayer/core/values'
import { type MouseEvent, memo, useEffect } from 'react'
import { optionOf, toneOf } from '../cells/tones.ts'
import type { AggregateResult } from '../grid-state/aggregate-result.ts'
import { aggregateText, valueText } from '../grid-state/aggregate-text.ts'
import type { PlacedColumn } from '../grid-state/column-layout.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useGrid, useGridState } from './use-grid-state.ts'

/** What the footer sums up. */
export interface Summaries {
  /** The function of each column that has one, by column id. Pass another object only when something changed. */
  readonly functions: Readonly<Record<string, AggregateId>>
  /** How many rows there are without the filter: `12,480 of 500,000 rows`. @default only those shown are counted */
  readonly allRows?: number
  /** Lets users choose; null for no summary. */
  readonly onChoose?: (columnId: string, aggregate: AggregateId | null) => void
}

/** The line under the grid: what every column adds up to. */
export function FooterRow({ summaries }: { readonly summaries: Summaries }) {
  const { functions } = summaries
  const grid = useGrid()
  const layout = useGridState((state) => state.layout)
  const shown = useGridState((state) => state.shownColumns)
  const rowIndex = useGridState((state) => state.lines.count + 2)
  useEffect(() => grid.summary.choose(functions), [grid, functions])
  const { start, center, end } = layout.panes
  const cells = (from: number, to: number) =>
    layout.columns
      .slice(from, to)
      .map((placed) => <FooterCell key={placed.column.id} placed={placed} chosen={functions[placed.column.id]} />)
  return (
    <div className="ops-foot" role="row" aria-rowindex={rowIndex}>
      <div className="ops-head-pane ops-head-start" role="presentation" style={{ width: start.widthPx }}>
        <FooterCount allRows={summaries.allRows} />
        {cells(start.first, start.first + start.count)}
      </div>
      <div className="ops-head-pane ops-head-center" role="presentation" style={{ insetInlineStart: start.widthPx }}>
        <div className="ops-lane" role="presentation">
          {cells(center.first + shown.first, center.first + shown.last + 1)}
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

/** Under the row numbers: how many rows, and of how many. */
function FooterCount({ allRows }: { readonly allRows: number | undefined }) {
  const grid = useGrid()
  const { translate } = useOpsContext()
  const counted = useGridState((state) => state.summary?.count)
  // Follows the rows as they come and go, before they are summed up again.
  useGridState((state) => state.lines)
  const count = counted ?? grid.core.source().count
  return (
    <div className="ops-foot-rows" role="rowheader" aria-colindex={1}>
      {allRows === undefined || allRows === count
        ? translate(count === 1 ? 'grid.rows-one' : 'grid.rows', { count })
        : translate('grid.rows-of', { count, all: allRows })}
    </div>
  )
}

interface FooterCellProps {
  readonly placed: PlacedColumn
  readonly chosen: AggregateId | undefined
}

const FooterCell = memo(function FooterCell({ placed, chosen }: FooterCellProps) {
  const grid = useGrid()
  const { translate } = useOpsContext()
  const { column, place, startPx, widthPx } = placed
  const result = useGridState((state) => state.summary?.results[column.id])
  const openMenu = (event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    grid.store.set({ menu: { kind: 'summary', columnId: column.id, xPx: box.left, yPx: box.top } })
  }
  const isCurrent = result !== undefined && result.aggregate === chosen
  const text = isCurrent ? aggregateText(column, result, grid.core.values()) : ''
  return (
    <div
      className="ops-foot-cell"
      role="gridcell"
      aria-colindex={place + 2}
      style={{ insetInlineStart: startPx, width: widthPx }}
    >
      <button
        type="button"
        className="ops-foot-button"
        tabIndex={-1}
        title={text === '' ? translate('grid.choose-summary', { name: column.name }) : text}
        onClick={openMenu}
      >
        {chosen === undefined ? <span className="ops-foot-hint">{translate('grid.summary')}</span> : null}
        {chosen === 'distribution' && isCurrent ? <Distribution placed={placed} result={result} text={text} /> : null}
        {chosen === undefined || chosen === 'distribution' ? null : (
          <>
            <span className="ops-foot-label">{translate(`aggregate.${chosen}`)}</span>
            <span className="ops-foot-value">{isCurrent ? text : '…'}</span>
          </>
        )}
      </button>
    </div>
  )
})

interface DistributionProps {
  readonly placed: PlacedColumn
  readonly result: AggregateResult
  readonly text: string
}

/** A bar with a stretch for each value, as long as its share. */
function Distribution({ placed, result, text }: DistributionProps) {
  const grid = useGrid()
  const { column } = placed
  const parts = Array.isArray(result.value) ? (result.value as { value: unknown; count: number }[]) : []
  const hasOptions = ['status', 'dropdown', 'tags'].includes(column.type.id)
  return (
    <span className="ops-distribution" role="img" aria-label={text}>
      {parts.map(({ value, count }) => {
        const label = valueText(column, value, grid.core.values())
        const tone = hasOptions ? optionOf(column.settings, String(value)).color : toneOf(label)
        return (
          <span key={String(value)} className={`ops-distribution-part ops-tone-${tone}`} style={{ flexGrow: count }} />
        )
      })}
    </span>
  )
}
