import { type RawBuilder, sql } from 'kysely'
import type { CheckedFilter } from './checked-filter.ts'
import { compileFilter } from './compile-filter.ts'
import { allOf } from './compile-predicate.ts'
import { decodeCursor } from './cursor.ts'
import { type Branch, branches } from './keyset.ts'
import { cursorKeys } from './order-key.ts'
import { cellRef, rowsTable } from './physical.ts'
import type { PhysicalRow } from './projection.ts'
import { checkedLimit, checkedOffset } from './query-bounds.ts'
import type { CheckedSort } from './sort.ts'

export interface OrderedRead {
  readonly filter: CheckedFilter
  readonly sort: CheckedSort
  readonly limit: number
  readonly offset?: number | undefined
  readonly after?: string | undefined
  /** What to select of the alias `t`; the keys for a cursor come on top. */
  readonly list: RawBuilder<unknown>
  /** Whether to find and order the ids first and to fetch the list for those only. */
  readonly late: boolean
}

/**
 * Rows of a filter in order, as one statement: branch after branch, each with its own limit. PostgreSQL runs the second
 * branch only if the first did not fill the page, and does not run limited branches side by side, so their order stays.
 *
 * @throws OpsError `INVALID_QUERY` for a cursor of another sort or a bound that does not fit
 */
export function orderedRead<Row = PhysicalRow>(read: OrderedRead): RawBuilder<Row> {
  const { filter, sort, late } = read
  const after = read.after === undefined ? null : decodeCursor(sort, read.after)
  const limit = checkedLimit(read.limit)
  const offset = checkedOffset(read.offset ?? 0)
  const list = sql.join([read.list, ...cursorKeys(sort)])
  const table = rowsTable(filter.table)
  const condition = compileFilter(filter)

  const branch = ({ where, orderBy }: Branch): RawBuilder<Row> => {
    return sql`select ${late ? cellRef('_id') : list} from ${table} as t where ${allOf([...where, condition])} order by ${orderBy}`
  }
  const [first, second] = branches(sort, after)
  const range = sql`limit ${limit}${offset === 0 ? sql`` : sql` offset ${offset}`}`
  const reach = offset + limit
  const rows =
    second === undefined
      ? sql<Row>`${branch(first)} ${range}`
      : sql<Row>`(${branch(first)} limit ${reach}) union all (${branch(second)} limit ${reach}) ${range}`
  if (!late) return rows
  return sql`select ${list} from (select ordered._id, row_number() over () as n from (${rows}) as ordered) as found join ${table} as t on t._id = found._id order by found.n`
}
