import { type RawBuilder, sql } from 'kysely'
import type { CheckedFilter } from './checked-filter.ts'
import { compileFilter } from './compile-filter.ts'
import { allOf } from './compile-predicate.ts'
import { type Cursor, decodeCursor } from './cursor.ts'
import { type Branch, branches } from './keyset.ts'
import { orderKeys } from './order-key.ts'
import { cellRef, rowsTable } from './physical.ts'
import { type PhysicalRow, projection } from './projection.ts'
import { checkedLimit, checkedOffset } from './query-bounds.ts'
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
 * `encodeCursor(sort, row)` of the page's last row is the next page's `after`.
 *
 * @throws OpsError `INVALID_QUERY` for a cursor of another sort or a limit out of bounds
 */
export function selectPage(query: PageQuery): RawBuilder<PhysicalRow> {
  const after = query.after === undefined ? null : decodeCursor(query.sort, query.after)
  const limit = checkedLimit(query.limit)
  const list = [projection(query.columns), ...keyColumns(query.sort)]
  return ordered(query, sql.join(list), after, limit, 0)
}

export interface WindowQuery {
  readonly filter: CheckedFilter
  readonly sort: CheckedSort
  readonly columns: readonly QueryColumn[]
  /** How many rows to skip, counted from the beginning or from `after`; at most 100 million. */
  readonly offset: number
  /** How many rows, 1 to 1,000. */
  readonly limit: number
  /** A cursor to count from, if the caller keeps some on the way: skipping from a near anchor is cheaper. */
  readonly after?: string | undefined
}

/**
 * The rows at a distance from the beginning, for a grid that jumps. Ids are found first and cells fetched for the
 * window alone, so skipped rows cost an index entry each where an index `(c, _id)` serves the sort.
 *
 * @throws OpsError `INVALID_QUERY` for bounds and cursors that do not fit
 */
export function selectWindow(query: WindowQuery): RawBuilder<PhysicalRow> {
  const after = query.after === undefined ? null : decodeCursor(query.sort, query.after)
  const limit = checkedLimit(query.limit)
  const offset = checkedOffset(query.offset)
  const ids = ordered(query, cellRef('_id'), after, limit, offset)
  const list = [projection(query.columns), ...keyColumns(query.sort)]
  return sql`select ${sql.join(list)} from (select found._id, row_number() over () as n from (${ids}) as found) as found join ${rowsTable(query.filter.table)} as t on t._id = found._id order by found.n`
}

/**
 * The branches one after the other, each with its own limit: PostgreSQL runs the second only if the first did not fill
 * the page, and does not run limited branches side by side, so their order is kept.
 */
function ordered(
  { filter, sort }: { readonly filter: CheckedFilter; readonly sort: CheckedSort },
  list: RawBuilder<unknown>,
  after: Cursor | null,
  limit: number,
  offset: number,
): RawBuilder<PhysicalRow> {
  const condition = compileFilter(filter)
  const read = ({ where, orderBy }: Branch): RawBuilder<PhysicalRow> => {
    return sql`select ${list} from ${rowsTable(filter.table)} as t where ${allOf([...where, condition])} order by ${orderBy}`
  }
  const [first, second] = branches(sort, after)
  const range = sql`limit ${limit}${offset === 0 ? sql`` : sql` offset ${offset}`}`
  if (second === undefined) return sql`${read(first)} ${range}`
  const reach = offset + limit
  return sql`(${read(first)} limit ${reach}) union all (${read(second)} limit ${reach}) ${range}`
}

function keyColumns(sort: CheckedSort): readonly RawBuilder<unknown>[] {
  return orderKeys(sort).map(({ key }, i) => sql`(${key})::text as ${sql.id(`_k${i + 1}`)}`)
}
