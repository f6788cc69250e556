import type { AggregateResult } from '../../grid-state/aggregate-result.ts'
import type { CellPlace, CellRange } from '../../grid-state/cell-range.ts'
import type { ColumnLayout } from '../../grid-state/column-layout.ts'
import type { GridColumn } from '../../grid-state/grid-column.ts'
import type { GridRow } from '../../grid-state/grid-row.ts'
import type { Lines } from '../../grid-state/lines.ts'
import type { PastePlan } from '../../grid-state/paste-plan.ts'
import type { Selection } from '../../grid-state/selection.ts'
import type { FoundCell } from './found-cell.ts'

export type Density = 'compact' | 'normal' | 'tall'

/** Height of a row, in px. */
export const rowHeights: Readonly<Record<Density, number>> = { compact: 32, normal: 36, tall: 56 }

/** A cell that is being edited. It is known by its row, since lines move while people type. */
export interface Editing {
  /** Another one for each edit. */
  readonly id: number
  /** The row as it was, since others may move it to where it is not loaded. Null until it is loaded for the first time. */
  readonly row: GridRow | null
  readonly columnId: string
  /** What was typed to begin with; it replaces the value. Null keeps the value. */
  readonly text: string | null
}

/** A menu that is open, at a point of the screen. */
export interface OpenMenu {
  readonly kind: 'cell' | 'column' | 'summary'
  readonly columnId: string
  readonly xPx: number
  readonly yPx: number
}

/** A paste of which not all fits, which waits for the user's word. */
export interface HeldPaste {
  readonly plan: PastePlan
  /** Columns of the clipboard beyond the last one of the grid. */
  readonly missing: number
  /** Whether the first row seems to name the columns; null where there are rows already, which nobody named so. */
  readonly isNamed: boolean | null
  /** What the missing columns would be called. */
  namesOf(isNamed: boolean): readonly string[]
  /** Pastes what fits. */
  goOn(): void
  /** Makes the missing columns, and pastes all. Null where none can be made. */
  readonly addColumns: ((isNamed: boolean) => void) | null
}

/** Cells that a search found. */
export interface Found {
  readonly text: string
  readonly matches: readonly FoundCell[]
  /** What leads to more matches; null when all are here. */
  readonly next: string | null
  readonly isSearching?: boolean
  /** Why the search could not be done. */
  readonly fault?: string
  /** The one that is shown, or -1. */
  readonly at: number
}

/** All that a grid knows beside its rows. Immutable. */
export interface GridState {
  /** Visible columns in the user's order. */
  readonly columns: readonly GridColumn[]
  readonly viewportPx: number
  readonly density: Density
  readonly collapsed: ReadonlySet<string>
  readonly layout: ColumnLayout
  readonly lines: Lines
  /** Changes when all rows are to be looked up again. */
  readonly row: (index: number) => GridRow | undefined
  readonly selection: Selection | null
  /** Whether the grid was last pressed by a finger. */
  readonly isTouched: boolean
  readonly editing: Editing | null
  /** The cells that the fill handle is dragged over. */
  readonly filling: CellRange | null
  readonly menu: OpenMenu | null
  readonly heldPaste: HeldPaste | null
  /** Null while the search is closed. */
  readonly found: Found | null
  /** The scrolling columns whose header and footer are in the DOM. */
  readonly shownColumns: { readonly first: number; readonly last: number }
  /** What the rows add up to, by column id; null until it was asked for. */
  readonly summary: { readonly count: number; readonly results: Readonly<Record<string, AggregateResult>> } | null
  /** Where the edited cell is now, or null while it is out of the grid. */
  readonly editedPlace: CellPlace | null
}
