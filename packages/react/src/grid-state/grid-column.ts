import type { AnyColumnType } from '@opslayer/core/values'

/** The side that a column is pinned to: where lines of text start, or where they end (mirrored in right-to-left pages). */
export type PinnedSide = 'start' | 'end'

/** A column as the grid needs it. Immutable: a new object means that something about the column changed. */
export interface GridColumn {
  /** Stays the same for the column's life. */
  readonly id: string
  /** Where its values stand in {@link GridRow.cells}. */
  readonly key: string
  readonly name: string
  /** Reads, shows and compares its values. */
  readonly type: AnyColumnType
  /** As `type.settings` has them. */
  readonly settings: unknown
  /** In px. @default 180 */
  readonly width?: number | undefined
  /** @default null */
  readonly pinned?: PinnedSide | null | undefined
  /** @default true */
  readonly editable?: boolean | undefined
}
