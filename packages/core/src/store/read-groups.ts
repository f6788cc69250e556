import { findColumn } from '../catalog/table-definition.ts'
import { type CallOptions, one } from '../db/transaction.ts'
import { type Aggregate, type AggregateValue, checkAggregates } from '../query/aggregate.ts'
import type { CheckedFilter } from '../query/checked-filter.ts'
import { selectCount } from '../query/count.ts'
import { encodeCursor } from '../query/cursor.ts'
import { type DistinctValue, selectDistinct } from '../query/distinct.ts'
import type { Filter } from '../query/filter.ts'
import { findFilter, selectFind } from '../query/find.ts'
import { selectGroups } from '../query/group.ts'
import { checkGroupBy, type GroupBy } from '../query/group-by.ts'
import type { QueryTable } from '../query/query-table.ts'
import type { SortDirection } from '../query/sort.ts'
import { selectSummary } from '../query/summary.ts'
import type { Json } from '../values/json.ts'
import { type QueryShape, queryShape } from './advisor/query-shape.ts'
import { sampledRead } from './advisor/sampled-read.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { queryColumnOf } from './query-table-of.ts'
import { type CheckedQuery, checkQuery, countOf, type RowsQuery } from './read-rows.ts'

export interface GroupsQuery {
  readonly filter?: Filter | undefined
  /** One to three levels. */
  readonly groupBy: readonly GroupBy[]
  /** Only groups inside this one: its path. @default all */
  readonly path?: readonly Json[] | undefined
  /** Levels to return below `path`. @default all */
  readonly depth?: number | undefined
  readonly aggregates?: readonly Aggregate[] | undefined
  /** By the column's order, the number of rows, or the n-th aggregate. @default by key */
  readonly order?: { readonly by: 'key' | 'count' | number; readonly dir?: SortDirection | undefined } | undefined
  /** @default 0 */
  readonly offset?: number | undefined
  /** 1 to 1,000. @default 100 */
  readonly limit?: number | undefined
}

export interface Group {
  /** Keys from the outermost group to this one: hand it back as `path`. */
  readonly path: readonly Json[]
  readonly count: number
  /** In the order asked. */
  readonly aggregates: readonly AggregateValue[]
}

export interface GroupsPage {
  readonly groups: readonly Group[]
  /** Groups in all, beyond this page too. */
  readonly total: number
}

/** Groups with counts and aggregates, of up to three levels in one flat list, parents before their children. */
export async function readGroups(
  session: OrgSession,
  tableId: string,
  query: GroupsQuery,
  options: CallOptions = {},
): Promise<GroupsPage> {
  return await sampledRead(session, tableId, options, async (work, note) => {
    const { table, filter } = await checkQuery(work, query)
    return await groupsOf(work, table, filter, query, note)
  })
}

export async function groupsOf(
  work: TableWork,
  table: QueryTable,
  filter: CheckedFilter,
  query: Omit<GroupsQuery, 'filter'>,
  note: (shape: QueryShape) => void,
): Promise<GroupsPage> {
  const levels = checkGroupBy(query.groupBy, table, work.context)
  const aggregates = checkAggregates(query.aggregates ?? [], table)
  const { path, depth, order, offset, limit = 100 } = query
  note(queryShape(filter, { reads: [...levels, ...aggregates].map(({ column }) => column.id) }))
  const found = await work.tx.all(selectGroups({ filter, levels, aggregates, path, depth, order, offset, limit }))
  return {
    groups: found.map((group) => ({
      path: group._path,
      count: group._count,
      aggregates: aggregates.map((_, place) => group[`_a${place + 1}`] ?? null),
    })),
    total: found[0]?._groups ?? 0,
  }
}

export interface SummaryQuery {
  readonly filter?: Filter | undefined
  readonly aggregates: readonly Aggregate[]
}

export interface Summary {
  /** Rows that the filter lets through. */
  readonly count: number
  /** In the order asked. */
  readonly aggregates: readonly AggregateValue[]
}

/** The summary row: all aggregates in one pass. */
export async function readSummary(
  session: OrgSession,
  tableId: string,
  query: SummaryQuery,
  options: CallOptions = {},
): Promise<Summary> {
  return await sampledRead(session, tableId, options, async (work, note) => {
    const { table, filter } = await checkQuery(work, query)
    return await summaryOf(work, table, filter, query.aggregates, note)
  })
}

export async function summaryOf(
  work: TableWork,
  table: QueryTable,
  filter: CheckedFilter,
  asked: readonly Aggregate[],
  note: (shape: QueryShape) => void,
): Promise<Summary> {
  const aggregates = checkAggregates(asked, table)
  note(queryShape(filter, { reads: aggregates.map(({ column }) => column.id) }))
  if (aggregates.length === 0) return { count: (await countOf(work, filter, true)).count, aggregates: [] }
  const row = one(await work.tx.all(selectSummary({ filter, aggregates })))
  return { count: Number(row._count), aggregates: aggregates.map((_, place) => row[`_a${place + 1}`] ?? null) }
}

export interface DistinctQuery {
  readonly filter?: Filter | undefined
  /** Key or id. */
  readonly column: string
  readonly search?: string | undefined
  /** Most frequent first, or in the column's order. @default 'count' */
  readonly order?: 'count' | 'value' | undefined
  /** 1 to 1,000. @default 100 */
  readonly limit?: number | undefined
}

/** The values of a column with their counts: for filter menus. */
export async function readDistinct(
  session: OrgSession,
  tableId: string,
  query: DistinctQuery,
  options: CallOptions = {},
): Promise<readonly DistinctValue[]> {
  return await session.readTable(tableId, options, async (work) => {
    const { filter } = await checkQuery(work, { filter: query.filter })
    const column = queryColumnOf(findColumn(work.table, query.column))
    const { search, order, limit = 100 } = query
    return await work.tx.all(selectDistinct({ filter, column, search, order, limit }))
  })
}

export interface FindQuery extends RowsQuery {
  readonly text: string
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
  /** Rows with hits, 1 to 1,000. @default 100 */
  readonly limit?: number | undefined
  /** Whether all rows with hits are counted, for which each row is looked at. @default true */
  readonly total?: boolean | undefined
}

export interface FindPage {
  /** Rows in the view's order with the keys of the columns in which the text was found. */
  readonly hits: readonly { readonly rowId: string; readonly columns: readonly string[] }[]
  /** Rows with hits in all; counted on the first page only, where that is asked for. */
  readonly total: number | null
  readonly nextCursor: string | null
}

/** Finds a text in the rows and columns of a view. */
export async function findInTable(
  session: OrgSession,
  tableId: string,
  query: FindQuery,
  options: CallOptions = {},
): Promise<FindPage> {
  return await session.readTable(tableId, options, async (work) => {
    return await findOf(work, await checkQuery(work, query), query)
  })
}

export async function findOf(
  work: TableWork,
  { filter, sort, columns }: CheckedQuery,
  { text, cursor, limit = 100, total = true }: Pick<FindQuery, 'text' | 'cursor' | 'limit' | 'total'>,
): Promise<FindPage> {
  const search = { filter, sort, text, columns: columns.map(queryColumnOf), limit, after: cursor }
  const found = await work.tx.all(selectFind(search))
  const keys = new Map(columns.map(({ id, key }) => [id, key]))
  const last = found.at(-1)
  const isCounted = total && cursor === undefined
  return {
    hits: found.map(({ _id, _hits }) => ({ rowId: String(_id), columns: _hits.flatMap((id) => keys.get(id) ?? []) })),
    total: isCounted ? one(await work.tx.all(selectCount({ filter: findFilter(search) }))).count : null,
    nextCursor: found.length < limit || last === undefined ? null : encodeCursor(sort, last),
  }
}
