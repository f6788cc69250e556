import { type CallOptions, one } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { allOf } from '../query/checked-filter.ts'
import { selectCount } from '../query/count.ts'
import { encodeCursor } from '../query/cursor.ts'
import { checkGroupBy, type GroupBy } from '../query/group-by.ts'
import { groupFilter } from '../query/group-filter.ts'
import { selectBehind } from '../query/place.ts'
import { selectRowPlace } from '../query/row-place.ts'
import type { Json } from '../values/json.ts'
import { countBefore, isOwnOrder } from './landmarks/way-by-landmarks.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { type CheckedQuery, checkQuery, type RowsQuery } from './read-rows.ts'
import { rowIdSchema } from './row-id.ts'

export interface LocateQuery extends RowsQuery {
  readonly rowId: string
  /** Counts from the beginning of the row's group. @default no groups */
  readonly groupBy?: readonly GroupBy[] | undefined
}

/** Where a row stands in a view: what a window at `index` of the group `path` begins with. */
export interface LocatedRow {
  /** Keys of its groups, outermost first; empty without groups. */
  readonly path: readonly Json[]
  /** Rows before it in its group. */
  readonly index: number
}

/** Where a row stands among the rows of a query, or null if it is not one of them. Goes through the rows behind it, unless landmarks know. */
export async function locateRow(
  session: OrgSession,
  tableId: string,
  query: LocateQuery,
  options: CallOptions = {},
): Promise<LocatedRow | null> {
  return await session.readTable(tableId, options, async (work) => {
    return await placeOf(work, await checkQuery(work, query), query)
  })
}

export async function placeOf(
  work: TableWork,
  { table, filter, sort }: CheckedQuery,
  query: Pick<LocateQuery, 'rowId' | 'groupBy'>,
): Promise<LocatedRow | null> {
  const rowId = checkInput(rowIdSchema, query.rowId, ['rowId'])
  const levels = query.groupBy === undefined ? [] : checkGroupBy(query.groupBy, table, work.context)
  const [found] = await work.tx.all(selectRowPlace({ filter, sort, levels, rowId }))
  if (found === undefined) return null
  const { _id: id, _k1: key, _path: path } = found
  if (levels.length === 0 && isOwnOrder(filter, sort)) {
    const index = await countBefore(work, { position: key ?? id, id })
    if (index !== null) return { path, index }
  }
  const within = allOf(filter, groupFilter(levels, path, table, work.context))
  const { count } = one(await work.tx.all(selectCount({ filter: within })))
  const { behind } = one(await work.tx.all(selectBehind(within, sort, encodeCursor(sort, found))))
  return { path, index: count - behind - 1 }
}
