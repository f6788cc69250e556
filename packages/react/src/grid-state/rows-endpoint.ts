import type { Json } from '@opslayer/core/values'
import type { ColumnAggregate, RowsSummary } from './aggregate-result.ts'
import type { RowGroup } from './lines.ts'
import type { RefusedEdit, RowEdit } from './row-source.ts'
import type { ServedRow } from './served-row.ts'

/** What writing gave. */
export interface WriteAnswer {
  /** New versions of the rows that were written, by id. */
  readonly versions: ReadonlyMap<string, number>
  /** Rows of which at least one cell was not written. */
  readonly refused: readonly RefusedEdit[]
}

/** Something that was changed at the place where the rows are. */
export type RemoteChange =
  /** Cells of rows, which stay where they are in the order. */
  | { readonly kind: 'cells'; readonly rowIds: readonly string[] }
  /** Rows came, went or moved, or too much changed to be told. */
  | { readonly kind: 'order' }

/** Groups in their order, all levels in one flat list, parents before their children. */
export interface GroupsPage {
  readonly groups: readonly RowGroup[]
  /** How many there are beyond this page too. */
  readonly total: number
}

/** Rows in which a text was found, in the order of the view. */
export interface FoundPage {
  /** Each with the keys of the columns that hold the text, in their order. */
  readonly hits: readonly { readonly rowId: string; readonly columnKeys: readonly string[] }[]
  /** Pass as `after` for the page that follows; null at the end. */
  readonly next: string | null
}

/** Where a row stands: so many rows from the beginning of its group, or of all rows where there are no groups. */
export interface RowPlace {
  /** The keys of its group and of those around it, outermost first; empty without groups. */
  readonly path: readonly Json[]
  readonly index: number
}

/** The place where the rows are: a server, as far as the grid needs one. All of it may fail; reads are tried again. */
export interface RowsEndpoint {
  count(signal: AbortSignal): Promise<number>
  /**
   * Rows from a place on in the order of the view.
   *
   * @param path only rows of this group, counted from its beginning; absent without groups
   */
  window(first: number, count: number, signal: AbortSignal, path?: readonly Json[]): Promise<readonly ServedRow[]>
  /** Rows by id; those that are gone are left out. */
  getMany(rowIds: readonly string[], signal: AbortSignal): Promise<readonly ServedRow[]>
  /** Sets cells. May be sent twice: an answer that got lost is asked for again. */
  update(edits: readonly RowEdit[], signal: AbortSignal): Promise<WriteAnswer>
  insert(rows: readonly Readonly<Record<string, Json>>[]): Promise<readonly string[]>
  remove(rowIds: readonly string[]): Promise<void>
  /** Tells of changes until the way out is called. */
  follow(listener: (change: RemoteChange) => void): () => void
  /** Groups from the `offset`-th on. @default the rows stand in no groups */
  groups?(offset: number, limit: number, signal: AbortSignal): Promise<GroupsPage>
  /** Functions over all rows of the view, with their results in the same order. @default no summary */
  summary?(aggregates: readonly ColumnAggregate[], signal: AbortSignal): Promise<RowsSummary>
  /** Looks for a text in all rows of the view. @default the grid looks through what is loaded */
  find?(text: string, after: string | null, signal: AbortSignal): Promise<FoundPage>
  /** Where a row stands in the view, or null if it is not in it. Goes with `find`. */
  place?(rowId: string, signal: AbortSignal): Promise<RowPlace | null>
}
