import type { DeletedRow } from '../changes/deleted-rows.ts'
import type { RestoreResult } from '../changes/restore-rows.ts'
import type { CallOptions } from '../db/transaction.ts'
import type { DistinctValue } from '../query/distinct.ts'
import type { BulkOptions, BulkResult, BulkTarget } from '../store/bulk-rows.ts'
import type { DeleteResult } from '../store/delete-rows.ts'
import type { InsertOptions, InsertResult, RowInput } from '../store/insert-rows.ts'
import type { LoadOptions, LoadResult } from '../store/load-rows.ts'
import type { LocatedRow, LocateQuery } from '../store/locate-row.ts'
import type { MoveResult } from '../store/move-rows.ts'
import type { WriteOptions } from '../store/operation-log.ts'
import type { CellsInput } from '../store/prepare-cells.ts'
import type { DistinctQuery, FindPage, FindQuery, GroupsPage } from '../store/read-groups.ts'
import type { PageQuery, RowCount, WindowQuery } from '../store/read-rows.ts'
import type { Row } from '../store/row.ts'
import type { RowPlace } from '../store/row-place.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import type { RowUpdate, RowWriteOptions, UpdateResult } from '../store/update-rows.ts'
import type { UpsertOptions, UpsertResult } from '../store/upsert-rows.ts'
import type { ViewedRow } from '../views/format-rows.ts'
import type {
  CountQuery,
  ThroughView,
  ViewedGroupsQuery,
  ViewedPage,
  ViewedSummary,
  ViewedSummaryQuery,
} from '../views/read-through-view.ts'

type Writing = CallOptions & WriteOptions

export interface RowsApi {
  /** Makes up to 5,000 rows in one transaction. */
  insert(tableId: string, rows: readonly RowInput[], options?: InsertOptions): Promise<InsertResult>
  /** Appends any number of rows by `COPY`, with bounded memory. */
  load(tableId: string, rows: AsyncIterable<RowInput> | Iterable<RowInput>, options?: LoadOptions): Promise<LoadResult>
  /** Changes cells of up to 5,000 rows in one transaction. */
  update(tableId: string, updates: readonly RowUpdate[], options?: RowWriteOptions): Promise<UpdateResult>
  /** Sets the same cells in every row that satisfies the filter. */
  updateWhere(tableId: string, filter: BulkTarget, cells: CellsInput, options?: BulkOptions): Promise<BulkResult>
  /** Updates rows that are there and makes those that are not. */
  upsert(tableId: string, rows: readonly RowInput[], options: UpsertOptions): Promise<UpsertResult>
  delete(tableId: string, rowIds: readonly string[], options?: Writing): Promise<DeleteResult>
  deleteWhere(tableId: string, filter: BulkTarget, options?: BulkOptions): Promise<BulkResult>
  /** Brings up to 5,000 deleted rows back as they were, as far back as the change log goes. */
  restore(tableId: string, rowIds: readonly string[], options?: Writing): Promise<RestoreResult>
  /** Deleted rows that can be restored, the latest first. A page may be short and yet not be the last. */
  deleted(tableId: string, options?: ListOptions): Promise<Page<DeletedRow>>
  /** Puts rows at a place in the table's own order. */
  move(tableId: string, rowIds: readonly string[], place: RowPlace, options?: Writing): Promise<MoveResult>
  /** @throws OpsError `NOT_FOUND` */
  get(tableId: string, rowId: string, options?: CallOptions): Promise<Row>
  /** Rows by id in the order asked, at most 1,000; those that are not there are left out. */
  getMany(tableId: string, rowIds: readonly string[], options?: CallOptions): Promise<readonly Row[]>
  /** One page by cursor, of the table or through a view. */
  page(tableId: string, query?: PageQuery & ThroughView, options?: CallOptions): Promise<ViewedPage>
  /** All pages, each read when it is asked for. */
  pages(tableId: string, query?: PageQuery & ThroughView, options?: CallOptions): AsyncIterable<readonly ViewedRow[]>
  /** The rows at an offset. */
  window(tableId: string, query: WindowQuery & ThroughView, options?: CallOptions): Promise<readonly ViewedRow[]>
  /** Stops at 100,000 unless `exact`. */
  count(tableId: string, query?: CountQuery, options?: CallOptions): Promise<RowCount>
  groups(tableId: string, query: ViewedGroupsQuery, options?: CallOptions): Promise<GroupsPage>
  summary(tableId: string, query: ViewedSummaryQuery, options?: CallOptions): Promise<ViewedSummary>
  /** Values of a column with their counts. */
  distinct(tableId: string, query: DistinctQuery, options?: CallOptions): Promise<readonly DistinctValue[]>
  find(tableId: string, query: FindQuery & ThroughView, options?: CallOptions): Promise<FindPage>
  /** Where a row stands in the table or in a view of it; null if it is not there. */
  locate(tableId: string, query: LocateQuery & ThroughView, options?: CallOptions): Promise<LocatedRow | null>
}
