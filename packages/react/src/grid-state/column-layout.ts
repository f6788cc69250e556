import type { GridColumn, PinnedSide } from './grid-column.ts'

const defaultColumnWidthPx = 180
const minColumnWidthPx = 56
const maxColumnWidthPx = 1_600

/** Where one column stands. */
export interface PlacedColumn {
  readonly column: GridColumn
  /** Its place among all visible columns, from 0. */
  readonly place: number
  readonly pane: PinnedSide | 'center'
  /** Distance from the start of its pane, in px. */
  readonly startPx: number
  readonly widthPx: number
}

/** Where the columns stand: three panes side by side, the middle one scrolls. */
export interface ColumnLayout {
  /** All columns as shown: pinned to the start, scrolling, pinned to the end. */
  readonly columns: readonly PlacedColumn[]
  /** First and number of each pane's columns. */
  readonly panes: Readonly<
    Record<PinnedSide | 'center', { readonly first: number; readonly count: number; readonly widthPx: number }>
  >
}

export interface ColumnLayoutOptions {
  /** Width that the panes share, in px: when pinned columns leave less than 40 % of it to the others, they scroll too. */
  readonly viewportPx: number
  /** Width of the row numbers in front of the columns, in px. */
  readonly gutterPx: number
}

export function columnLayout(columns: readonly GridColumn[], options: ColumnLayoutOptions): ColumnLayout {
  const { start, end } = affordablePins(columns, options)
  const groups = [
    { pane: 'start', columns: start, offsetPx: options.gutterPx },
    {
      pane: 'center',
      columns: columns.filter((column) => !start.includes(column) && !end.includes(column)),
      offsetPx: 0,
    },
    { pane: 'end', columns: end, offsetPx: 0 },
  ] as const
  const placed: PlacedColumn[] = []
  const panes: Record<string, { first: number; count: number; widthPx: number }> = {}
  for (const group of groups) {
    let startPx = group.offsetPx
    const first = placed.length
    for (const column of group.columns) {
      const widthPx = columnWidth(column)
      placed.push({ column, place: placed.length, pane: group.pane, startPx, widthPx })
      startPx += widthPx
    }
    panes[group.pane] = { first, count: group.columns.length, widthPx: startPx }
  }
  return { columns: placed, panes: panes as ColumnLayout['panes'] }
}

/** In px, within bounds. */
function columnWidth({ width = defaultColumnWidthPx }: GridColumn): number {
  return clampColumnWidth(width)
}

export function clampColumnWidth(widthPx: number): number {
  return Math.round(Math.max(minColumnWidthPx, Math.min(maxColumnWidthPx, widthPx)))
}

function affordablePins(columns: readonly GridColumn[], { viewportPx, gutterPx }: ColumnLayoutOptions) {
  const start = columns.filter(({ pinned }) => pinned === 'start')
  const end = columns.filter(({ pinned }) => pinned === 'end')
  const sum = () => [...start, ...end].reduce((px, column) => px + columnWidth(column), gutterPx)
  const scrolls = () => start.length + end.length < columns.length
  while (viewportPx > 0 && scrolls() && sum() > viewportPx * 0.6 && start.length + end.length > 0) {
    if (end.length > 0) end.shift()
    else start.pop()
  }
  return { start, end }
}

/** The columns with one at another place, as dragging it does. It takes over the pinning of where it is put. */
export function moveColumn(layout: ColumnLayout, from: number, to: number): readonly GridColumn[] {
  const columns = layout.columns.map(({ column }) => column)
  const moved = columns[from]
  const target = layout.columns[to]
  if (moved === undefined || target === undefined || from === to) return columns
  const pinned = target.pane === 'center' ? null : target.pane
  columns.splice(from, 1)
  columns.splice(to, 0, pinned === (moved.pinned ?? null) ? moved : { ...moved, pinned })
  return columns
}

/** The most columns that can be in sight at once when the middle pane is `viewportPx` wide. */
export function mostVisibleColumns(widthsPx: readonly number[], viewportPx: number): number {
  let most = 0
  let last = 0
  let coveredPx = 0
  for (let first = 0; first < widthsPx.length; first++) {
    // All but a sliver of the first column may be out of sight, so it does not count.
    while (last < widthsPx.length && coveredPx - (widthsPx[first] ?? 0) < viewportPx) coveredPx += widthsPx[last++] ?? 0
    most = Math.max(most, last - first)
    coveredPx -= widthsPx[first] ?? 0
  }
  return most
}
