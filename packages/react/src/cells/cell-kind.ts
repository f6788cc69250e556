import type { Json } from '@opslayer/core/values'
import type { ComponentType } from 'react'
import type { GridColumn } from '../grid-state/grid-column.ts'
import type { GridRow } from '../grid-state/grid-row.ts'

/** What one cell shows. */
export interface CellContent {
  /** The value as text for people; empty for an empty cell. */
  readonly text: string
  readonly value: Json
  readonly column: GridColumn
}

/** The nodes of one cell, made once and written again for each row that passes by. */
export interface CellTemplate {
  readonly node: Node
  /** Shows other content; called for every cell at every scrolled row, so it writes only what differs. */
  write(content: CellContent): void
}

export interface LiveCellProps {
  readonly value: Json
  readonly column: GridColumn
  readonly row: GridRow
}

/**
 * How cells of a column type look. Made of plain nodes, because cells are written hundreds of times per scrolled frame;
 * with `live`, React takes over in cells that have come to rest.
 */
export interface CellKind {
  /** Becomes the class `ops-cell-<id>`. */
  readonly id: string
  /** Width that marks around the text take, in px, beyond the padding of a cell; by the value where that decides. @default 0 */
  readonly extraPx?: number | ((value: Json) => number)
  /** The part of a text that the cell shows. @default all of it */
  shownPart?(text: string): string
  create(): CellTemplate
  /** Stands in for the plain nodes while nothing scrolls. @default the plain nodes stay */
  readonly live?: ComponentType<LiveCellProps>
}
