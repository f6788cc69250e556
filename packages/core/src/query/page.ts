import type { RawBuilder } from 'kysely'
import type { CheckedFilter } from './checked-filter.ts'
import { orderedRead } from './ordered-read.ts'
import { type PhysicalRow, projection } from './projection.ts'
import type { QueryColumn } from './query-table.ts'
import type { CheckedSort } from './sort.ts'

export interface PageQuery {
  readonly filter: CheckedFilter
  readonly sort: CheckedSort
  /** The columns to return. */
  readonly columns: readonly QueryColumn[]
  /** How many rows, 1 to 1,000. */
  readonly limit: number
  /** The cursor of the last row before the page; absent for the first page. */
  readonly after?: string | undefined
}

/**
 * A page of rows behind a cursor. Costs the same at any depth where an index serves the first sort; walking all pages
 * meets every row once as long as the data stays still.
 *
 * Cells are fetched after the ids were found and ordered, unless an index is known to give the order. Measured on
 * PostgreSQL 15, 500,000 rows, pages of 1,000 × 20 columns: with an index 3 ms at once, 6 ms afterwards; without one
 * 151 ms at once, 98 ms afterwards.
 *
 * `encodeCursor(sort, row)` of the page's last row is the next page's `after`.
 *
 * @throws OpsError `INVALID_QUERY` for a cursor of another sort or a limit out of bounds
 */
export function selectPage({ columns, ...query }: PageQuery): RawBuilder<PhysicalRow> {
  const [first] = query.sort.terms
  const late = first !== undefined && first.column.sortKey === null
  return orderedRead({ ...query, list: projection(columns), late })
}

export interface WindowQuery extends PageQuery {
  /** How many rows to skip, counted from the beginning or from `after`; at most 100 million. */
  readonly offset: number
  /** A cursor to count from, if the caller keeps some on the way: skipping from a near anchor is cheaper. */
  readonly after?: string | undefined
}

/**
 * The rows at a distance from the beginning, for a grid that jumps. Skipped rows cost an index entry each where an index
 * `(c, _id)` serves the sort: 17 ms at a depth of 250,000, against 450 ms without an index (same table as above).
 *
 * @throws OpsError `INVALID_QUERY` for bounds and cursors that do not fit
 */
export function selectWindow({ columns, ...query }: WindowQuery): RawBuilder<PhysicalRow> {
  return orderedRead({ ...query, list: projection(columns), late: true })
}
