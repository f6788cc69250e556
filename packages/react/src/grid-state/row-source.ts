import type { Json } from '@opslayer/core/values'
import type { ColumnAggregate, RowsSummary } from './aggregate-result.ts'
import type { GridRow } from './grid-row.ts'
import type { RowGroup } from './lines.ts'
import type { RowSpan } from './row-span.ts'
import type { FoundPage } from './rows-endpoint.ts'

/** New values of one row, by column key. */
export interface RowEdit {
  readonly rowId: string
  readonly cells: Readonly<Record<string, Json>>
}

/** Why one row was not written. */
export interface RefusedEdit {
  readonly rowId: string
  /** A sentence for the user. */
  readonly reason: string
}

/** What changed in a source. */
export type SourceChange =
  /**
   * The content of rows `first` to `last` is there or is another; their number and order are the same. `isNew`: they were
   * only read and nothing changed.
   */
  | { readonly kind: 'rows'; readonly first: number; readonly last: number; readonly isNew?: boolean }
  /** At row `at`, `removed` rows went and `inserted` came. */
  | { readonly kind: 'splice'; readonly at: number; readonly removed: number; readonly inserted: number }
  /** Other rows, another order, another grouping. */
  | { readonly kind: 'reset' }

/** A place where rows stand in an order: memory, or a window on a server. */
export interface RowSource {
  /** How many rows there are, as far as known. */
  readonly count: number
  /** Whether that is known at all yet: until then the grid says nothing of having no rows. @default true */
  readonly isCounted?: boolean
  /** Groups in their order, parents before children; together they hold all rows in the order of the source. @default none */
  readonly groups?: readonly RowGroup[] | undefined
  /** Groups that there are beyond those in `groups`, where there are too many to show. @default 0 */
  readonly hiddenGroups?: number | undefined
  /** The row at a place, or undefined while it is not loaded. Never waits. */
  row(index: number): GridRow | undefined
  /** Where a row stands, as far as known. */
  indexOf(rowId: string): number | undefined
  /** Says which rows are looked at, so that they and their neighbours are loaded. Cheap; called at every frame. */
  show(spans: readonly RowSpan[]): void
  subscribe(listener: (change: SourceChange) => void): () => void
  /** Waits for rows, for what works on more than what is shown, such as copying. */
  load(first: number, last: number, signal?: AbortSignal): Promise<readonly GridRow[]>
  /** Writes cells. Shows them at once and takes back those that are refused. Absent where nothing may be edited. */
  write?: (edits: readonly RowEdit[]) => Promise<readonly RefusedEdit[]>
  /** Makes rows at the end; gives their ids. Absent where none may be made. */
  append?: (rows: readonly Readonly<Record<string, Json>>[]) => Promise<readonly string[]>
  remove?: (rowIds: readonly string[]) => Promise<void>
  /** Functions over all rows, for the footer. Absent where there are none. */
  summarise?: (aggregates: readonly ColumnAggregate[], signal: AbortSignal) => Promise<RowsSummary>
  /** Looks for a text in all rows. @default the grid looks through what is loaded */
  find?: (text: string, after: string | null, signal: AbortSignal) => Promise<FoundPage>
  /** The place of a row that may not be loaded, or null if it is not here. Goes with `find`. */
  locate?: (rowId: string, signal: AbortSignal) => Promise<number | null>
}
