import type { ColumnLayout } from '../../grid-state/column-layout.ts'
import type { GridRow } from '../../grid-state/grid-row.ts'
import type { Lines, RowGroup } from '../../grid-state/lines.ts'
import type { Selection } from '../../grid-state/selection.ts'

/** What a group's heading says. */
export interface GroupTexts {
  readonly column: string
  readonly value: string
  /** Colour of the value, for options. */
  readonly tone: string | null
  readonly count: string
}

/** All that a viewport shows. Immutable; the viewport compares parts by identity and redraws only what follows from one. */
export interface ViewportState {
  readonly layout: ColumnLayout
  readonly lines: Lines
  readonly rowHeightPx: number
  readonly selection: Selection | null
  /** What hangs at the corner of the selection: the handle that fills cells, the larger one that fingers extend it by, or none. */
  readonly handle: 'fill' | 'touch' | null
  /** Changes when the cells of rows are to be looked up again. */
  readonly row: (index: number) => GridRow | undefined
  readonly describeGroup: (group: RowGroup) => GroupTexts
  /** Cells that a search found, as ids of row and column with a space between. */
  readonly found: ReadonlySet<string>
  readonly isRtl: boolean
}
