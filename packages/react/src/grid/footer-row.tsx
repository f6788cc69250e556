import type { AggregateId } from '@opslayer/core/values'
import { type MouseEvent, memo, useLayoutEffect, useRef } from 'react'
import type { PlacedColumn } from '../grid-state/column-layout.ts'
import { lateGridTexts } from '../provider/late-grid-texts.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { addTexts } from '../provider/translator.ts'
import { useGrid, useGridState } from './use-grid-state.ts'
import { type SummaryFunctions, useSummary } from './use-summary.ts'
import { mayOverflow } from './viewport/text-width.ts'

addTexts(lateGridTexts)

/** What stands beside a result at least. */
const besideValuePx = 18
/** Texts are measured as wide as in cells, whose letters are larger. */
const widerPx = 13 / 12

/** What one column adds up to. */
export interface Summary {
  readonly aggregate: AggregateId
  /** Name of the aggregate, such as `Average`; empty where the text says it. */
  readonly label: string
  /** The result, or null while it is worked out. */
  readonly text: string | null
  /** A number in short, shown where the text does not fit. @default what does not fit is cut */
  readonly short?: string | null
  /** Shares of the commonest values with their colours, for options. */
  readonly distribution?: readonly { readonly label: string; readonly share: number; readonly tone: string }[]
}

export interface Summaries {
  /** Under the row numbers: how many rows, and of how many. */
  readonly rows: string
  /** By column id. */
  readonly columns: Readonly<Record<string, Summary>>
  /** Lets users choose; null for no summary. */
  readonly onChoose?: (columnId: string, aggregate: AggregateId | null) => void
}

/** The line under the grid: what every column adds up to. */
export function FooterRow(props: { readonly summaries: Summaries | SummaryFunctions }) {
  const summaries = useSummary(props.summaries)
  const layout = useGridState((state) => state.layout)
  const shown = useGridState((state) => state.shownColumns)
  const rowIndex = useGridState((state) => state.lines.count + 2)
  const { start, center, end } = layout.panes
  const grid = useGrid()
  const lane = useRef<HTMLDivElement>(null)
  // Its code comes after the grid is drawn.
  useLayoutEffect(() => (lane.current === null ? undefined : grid.core.viewport()?.addLane(lane.current)), [grid])
  const cells = (from: number, to: number) =>
    layout.columns
      .slice(from, to)
      .map((placed) => (
        <FooterCell key={placed.column.id} placed={placed} summary={summaries.columns[placed.column.id]} />
      ))
  return (
    <div className="ops-foot" role="row" aria-rowindex={rowIndex}>
      <div className="ops-head-pane ops-head-start" role="presentation" style={{ width: start.widthPx }}>
        <div className="ops-foot-rows" role="rowheader" aria-colindex={1}>
          {summaries.rows === '' ? '…' : summaries.rows}
        </div>
        {cells(start.first, start.first + start.count)}
      </div>
      <div className="ops-head-pane ops-head-center" role="presentation" style={{ insetInlineStart: start.widthPx }}>
        <div ref={lane} className="ops-lane" role="presentation">
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

interface FooterCellProps {
  readonly placed: PlacedColumn
  readonly summary: Summary | undefined
}

const FooterCell = memo(function FooterCell({ placed, summary }: FooterCellProps) {
  const grid = useGrid()
  const { translate } = useOpsContext()
  const { column, place, startPx, widthPx } = placed
  const choose = (event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    grid.store.set({ menu: { kind: 'summary', columnId: column.id, xPx: box.left, yPx: box.top } })
  }
  return (
    <div
      className="ops-foot-cell"
      role="gridcell"
      aria-colindex={place + 2}
      style={{ insetInlineStart: startPx, width: widthPx }}
    >
      <button
        type="button"
        className={summary === undefined ? 'ops-foot-button' : 'ops-foot-button ops-foot-filled'}
        tabIndex={-1}
        title={translate('grid.choose-summary', { name: column.name })}
        onClick={choose}
      >
        {summary?.distribution === undefined ? null : <Distribution parts={summary.distribution} />}
        {summary === undefined || summary.distribution !== undefined ? null : (
          <>
            {summary.label === '' ? null : <span className="ops-foot-label">{summary.label}</span>}
            <Value summary={summary} widthPx={widthPx} />
          </>
        )}
        {summary === undefined ? <span className="ops-foot-hint">{translate('grid.summary')}</span> : null}
      </button>
    </div>
  )
})

/** A cut number would be another number, so that it is shown in short where it does not fit. */
function Value({ summary: { text, short }, widthPx }: { readonly summary: Summary; readonly widthPx: number }) {
  if (text === null || short == null || !mayOverflow(text, (widthPx - besideValuePx) * widerPx)) {
    return <span className="ops-foot-value">{text ?? '…'}</span>
  }
  return (
    <span className="ops-foot-value" title={text}>
      <span aria-hidden="true">{short}</span>
      <span className="ops-unseen">{text}</span>
    </span>
  )
}

function Distribution({ parts }: { readonly parts: NonNullable<Summary['distribution']> }) {
  const { locale } = useOpsContext()
  const { format: percent } = new Intl.NumberFormat(locale, { style: 'percent' })
  const words = parts.map(({ label, share }) => `${label} ${percent(share)}`).join(', ')
  return (
    <span className="ops-distribution" role="img" aria-label={words}>
      {parts.map(({ label, share, tone }) => (
        <span
          key={label}
          className={`ops-distribution-part ops-tone-${tone}`}
          style={{ flexGrow: share }}
          title={`${label}: ${percent(share)}`}
        />
      ))}
    </span>
  )
}
