import { sql } from 'kysely'
import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import { type ColumnDefinition, findColumn } from '../catalog/table-definition.ts'
import type { CallOptions } from '../db/transaction.ts'
import { one } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { cellStates } from '../query/cell-state.ts'
import { checkFilter } from '../query/check-filter.ts'
import { allOf, type CheckedFilter } from '../query/checked-filter.ts'
import { selectCount } from '../query/count.ts'
import { encodeCursor } from '../query/cursor.ts'
import type { Filter } from '../query/filter.ts'
import { checkGroupBy, type GroupBy } from '../query/group-by.ts'
import { groupFilter } from '../query/group-filter.ts'
import { selectPage, selectWindow } from '../query/page.ts'
import { type PhysicalRow, projection } from '../query/projection.ts'
import type { QueryTable } from '../query/query-table.ts'
import { type CheckedSort, checkSort, type Sort } from '../query/sort.ts'
import { say } from '../sentences/say.ts'
import type { Json } from '../values/json.ts'
import { queryShape } from './advisor/query-shape.ts'
import { sampledRead } from './advisor/sampled-read.ts'
import { countByLandmarks, noteCount, wayByLandmarks } from './landmarks/way-by-landmarks.ts'
import { checkLocale } from './locale-order.ts'
import type { OrgSession, TableWork } from './org-session.ts'
import { physical } from './physical-names.ts'
import { queryColumnOf, queryTableOf } from './query-table-of.ts'
import { type CellWarning, type Row, rowDecoder, rowSystemColumns } from './row.ts'
import { rowIdSchema } from './row-id.ts'
import { isSeen } from './seen-rows.ts'

/** Which rows, in which order, and which of their cells. */
export interface RowsQuery {
  readonly filter?: Filter | undefined
  readonly sort?: readonly Sort[] | undefined
  /** Keys or ids of the columns to return. @default all */
  readonly columns?: readonly string[] | undefined
}

export interface PageQuery extends RowsQuery {
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
  /** Rows of a page, 1 to 1,000. @default 100 */
  readonly limit?: number | undefined
}

export interface RowsPage {
  readonly rows: readonly Row[]
  /** Pass as `cursor` for the page after; null at the end. */
  readonly nextCursor: string | null
}

export interface WindowQuery extends RowsQuery {
  /** Rows before the window, counted from the beginning of its group where there is one. */
  readonly offset: number
  /** What `path` is a path of. @default no groups */
  readonly groupBy?: readonly GroupBy[] | undefined
  /** Only rows of this group: its path, as `rows.groups` gives it. @default all */
  readonly path?: readonly Json[] | undefined
  /** 1 to 1,000. @default 100 */
  readonly limit?: number | undefined
}

/** What a query comes to once it fits its table. */
export interface CheckedQuery {
  readonly table: QueryTable
  readonly filter: CheckedFilter
  readonly sort: CheckedSort
  readonly columns: readonly ColumnDefinition[]
}

/** @throws OpsError `INVALID_QUERY`, `NOT_FOUND` for a column to return that is not there, `UNSUPPORTED` for a locale order */
export async function checkQuery(work: TableWork, query: RowsQuery): Promise<CheckedQuery> {
  const table = queryTableOf(work)
  const filter = checkFilter(query.filter, table, work.context)
  const sort = checkSort(query.sort, table)
  for (const { locale } of sort.terms) if (locale !== null) await checkLocale(work.tx, locale)
  const columns = query.columns?.map((column) => findColumn(work.table, column)) ?? work.table.columns
  return { table, filter, sort, columns }
}

type Read = TableWork['tx']['all']

/** Reads rows as the last thing that a transaction does, unless warnings are read after them. */
function lastRead({ tx, table }: TableWork): Read {
  return table.hasSide ? tx.all : tx.last
}

/** One page of rows by keyset: as fast at the end as at the beginning where an index serves the sort. */
export async function readPage(
  session: OrgSession,
  tableId: string,
  query: PageQuery = {},
  options: CallOptions = {},
): Promise<RowsPage> {
  return await sampledRead(session, tableId, options, async (work, note) => {
    const checked = await checkQuery(work, query)
    note(queryShape(checked.filter, checked))
    return await pageOf(work, checked, query, lastRead(work))
  })
}

export async function pageOf(
  work: TableWork,
  checked: CheckedQuery,
  { cursor, limit = 100 }: Pick<PageQuery, 'cursor' | 'limit'>,
  read: Read = work.tx.all,
): Promise<RowsPage> {
  const found = await read(selectPage({ ...checked, columns: projected(checked), limit, after: cursor }))
  const last = found.at(-1)
  return {
    rows: await decodeRows(work, checked.columns, found),
    nextCursor: found.length < limit || last === undefined ? null : encodeCursor(checked.sort, last),
  }
}

/** The rows at an offset: the grid's random access. */
export async function readWindow(
  session: OrgSession,
  tableId: string,
  query: WindowQuery,
  options: CallOptions = {},
): Promise<readonly Row[]> {
  return await sampledRead(session, tableId, options, async (work, note) => {
    const checked = await checkQuery(work, query)
    note(queryShape(checked.filter, checked))
    return await windowOf(work, checked, query, lastRead(work))
  })
}

export async function windowOf(
  work: TableWork,
  checked: CheckedQuery,
  { offset, limit = 100, groupBy = [], path = [] }: Omit<WindowQuery, keyof RowsQuery>,
  read: Read = work.tx.all,
): Promise<readonly Row[]> {
  const { table } = checked
  const levels = path.length === 0 ? [] : checkGroupBy(groupBy, table, work.context)
  const filter =
    path.length === 0 ? checked.filter : allOf(checked.filter, groupFilter(levels, path, table, work.context))
  const columns = projected(checked)
  const way = await wayByLandmarks(work, filter, checked.sort, offset)
  const found = await read(selectWindow({ ...checked, ...way, filter, columns, limit }))
  return await decodeRows(work, checked.columns, found)
}

export interface RowCount {
  readonly count: number
  /** false: there are at least `count`; ask with `exact` for the number. */
  readonly exact: boolean
}

/** Rows counted before an inexact count stops. */
const cheapCount = 100_000

/** @param query `exact`: count to the end, however long it takes. @default false: stops at 100,000 */
export async function countRows(
  session: OrgSession,
  tableId: string,
  query: { readonly filter?: Filter | undefined; readonly exact?: boolean | undefined } = {},
  options: CallOptions = {},
): Promise<RowCount> {
  return await sampledRead(session, tableId, options, async (work, note) => {
    const filter = checkFilter(query.filter, queryTableOf(work), work.context)
    note(queryShape(filter))
    return await countOf(work, filter, query.exact === true)
  })
}

export async function countOf(work: TableWork, filter: CheckedFilter, exact: boolean): Promise<RowCount> {
  const known = await countByLandmarks(work, filter)
  if (known !== null) return { count: known, exact: true }
  const { count } = one(await work.tx.all(selectCount({ filter, atMost: exact ? undefined : cheapCount })))
  noteCount(work, filter, count)
  return exact || count <= cheapCount ? { count, exact: true } : { count: cheapCount, exact: false }
}

const idsSchema = z.array(rowIdSchema).max(limits.rowsPerPage)

/** Rows by id, in the order asked; ids that the table does not have are left out. At most 1,000. */
export async function getRows(
  session: OrgSession,
  tableId: string,
  rowIds: readonly string[],
  options: CallOptions = {},
): Promise<readonly Row[]> {
  const ids = checkInput(idsSchema, rowIds, ['rowIds'])
  return await session.readTable(tableId, options, async (work) => {
    const { columns } = work.table
    const found = await lastRead(work)(sql<PhysicalRow>`
      select ${projection([...columns.map(queryColumnOf), ...rowSystemColumns])} from ${physical.rows(work.org, work.table)} as t where t._id = any (${ids}::bigint[]) and ${isSeen(work)}`)
    const rows = new Map((await decodeRows(work, columns, found)).map((row) => [row.id, row]))
    return ids.flatMap((id) => rows.get(id) ?? [])
  })
}

/** @throws OpsError `NOT_FOUND` */
export async function getRow(
  session: OrgSession,
  tableId: string,
  rowId: string,
  options: CallOptions = {},
): Promise<Row> {
  const [row] = await getRows(session, tableId, [rowId], options)
  if (row !== undefined) return row
  throw new OpsError('NOT_FOUND', say('There is no row {id} in this table.', { id: rowId }), { path: ['rowId'] })
}

function projected({ columns }: CheckedQuery): ReturnType<typeof queryColumnOf>[] {
  return [...columns.map(queryColumnOf), ...rowSystemColumns]
}

/** Rows with the warnings of their cells. */
async function decodeRows(
  work: TableWork,
  columns: readonly ColumnDefinition[],
  found: readonly PhysicalRow[],
): Promise<Row[]> {
  const decode = rowDecoder(columns)
  if (!work.table.hasSide || found.length === 0) return found.map((row) => decode(row))
  const beside = await besideRows(
    work,
    columns,
    found.map((row) => String(row._id)),
  )
  return found.map((row) => decode(row, beside.get(String(row._id))))
}

type Beside = Pick<Row, 'warnings' | 'states'>

/** What lies beside the rows: warnings, and why plugins gave no value. */
async function besideRows(
  { tx, org, table }: TableWork,
  columns: readonly ColumnDefinition[],
  ids: readonly string[],
): Promise<Map<string, Beside>> {
  const byNumber = new Map(columns.map((column) => [column.number, column]))
  const found = await tx.all(
    sql<{ row_id: string; column_number: number; provider: string | null } & CellWarning>`
      select row_id, column_number, code, message, original, details ->> 'provider' as provider
      from ${physical.side(org, table)}
      where row_id = any (${[...ids]}::bigint[]) and column_number = any (${[...byNumber.keys()]}::int[])
        and state <> ${cellStates.done}::smallint`,
  )
  const byRow = new Map<string, Beside>()
  for (const { row_id, column_number, code, message, original, provider } of found) {
    const column = byNumber.get(column_number)
    if (column === undefined) continue
    const { warnings, states } = byRow.get(row_id) ?? {}
    if (column.fill === null) {
      byRow.set(row_id, {
        ...(states && { states }),
        warnings: { ...warnings, [column.key]: { code, message, original } },
      })
      continue
    }
    const status = {
      state: 'failed' as const,
      ...(code !== null && { code }),
      ...(message !== null && { message }),
      ...(provider !== null && { provider }),
    }
    byRow.set(row_id, { ...(warnings && { warnings }), states: { ...states, [column.key]: status } })
  }
  return byRow
}
