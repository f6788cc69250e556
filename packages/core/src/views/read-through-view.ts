import { actorText } from '../catalog/actor.ts'
import { findColumn } from '../catalog/table-definition.ts'
import { findView, viewNotFound } from '../catalog/views.repository.ts'
import type { CallOptions } from '../db/transaction.ts'
import { OpsError } from '../errors/ops-error.ts'
import type { Aggregate } from '../query/aggregate.ts'
import { allOf } from '../query/checked-filter.ts'
import type { Filter } from '../query/filter.ts'
import type { GroupBy } from '../query/group-by.ts'
import { say } from '../sentences/say.ts'
import { type QueryShape, queryShape } from '../store/advisor/query-shape.ts'
import { sampledRead } from '../store/advisor/sampled-read.ts'
import { type LocatedRow, type LocateQuery, locateRow, placeOf } from '../store/locate-row.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import {
  type FindPage,
  type FindQuery,
  findInTable,
  findOf,
  type GroupsPage,
  type GroupsQuery,
  groupsOf,
  readGroups,
  readSummary,
  type Summary,
  type SummaryQuery,
  summaryOf,
} from '../store/read-groups.ts'
import {
  type CheckedQuery,
  checkQuery,
  countOf,
  countRows,
  type PageQuery,
  pageOf,
  type RowCount,
  type RowsQuery,
  readPage,
  readWindow,
  type WindowQuery,
  windowOf,
} from '../store/read-rows.ts'
import { checkDefinition } from './check-definition.ts'
import { formatRows, type ViewedRow } from './format-rows.ts'
import { storedDefinition, type UsableView, usableDefinition, viewIdSchema } from './usable-definition.ts'
import { allRowsId, allRowsView } from './view.ts'
import type { ViewDefinition, ViewDefinitionInput } from './view-definition.ts'

/**
 * What reads take to look through a view. Rows satisfy the view's filter and the call's own; the call's sort, columns,
 * grouping and aggregates stand in for the view's.
 */
export interface ThroughView {
  /** Id of a view of the table, or a view with changes that are not saved. @default none */
  readonly view?: string | UnsavedView | undefined
}

/** A view as a user has changed it on the screen; members that are left out are as they are stored. */
export interface UnsavedView extends ViewDefinitionInput {
  /** Id of the view. @default that of all rows */
  readonly of?: string | undefined
}

export interface ViewedPage {
  readonly rows: readonly ViewedRow[]
  /** Pass as `cursor` for the page after; null at the end. */
  readonly nextCursor: string | null
}

export async function readViewedPage(
  session: OrgSession,
  tableId: string,
  query: PageQuery & ThroughView = {},
  options: CallOptions = {},
): Promise<ViewedPage> {
  const { view, ...own } = query
  if (view === undefined) return await readPage(session, tableId, own, options)
  return await through(session, tableId, view, own, options, async (work, checked, usable, note) => {
    note(queryShape(checked.filter, checked))
    const page = await pageOf(work, checked, own)
    return { ...page, rows: await formatRows(work, usable.formats, page.rows) }
  })
}

/** All pages from `query.cursor` on, each read when it is asked for, in a transaction of its own. */
export async function* readViewedPages(
  session: OrgSession,
  tableId: string,
  query: PageQuery & ThroughView = {},
  options: CallOptions = {},
): AsyncGenerator<readonly ViewedRow[]> {
  let cursor = query.cursor
  for (;;) {
    const page = await readViewedPage(session, tableId, { ...query, cursor }, options)
    if (page.rows.length > 0) yield page.rows
    if (page.nextCursor === null) return
    cursor = page.nextCursor
  }
}

export async function readViewedWindow(
  session: OrgSession,
  tableId: string,
  query: WindowQuery & ThroughView,
  options: CallOptions = {},
): Promise<readonly ViewedRow[]> {
  const { view, ...own } = query
  if (view === undefined) return await readWindow(session, tableId, own, options)
  return await through(session, tableId, view, own, options, async (work, checked, usable, note) => {
    note(queryShape(checked.filter, checked))
    return await formatRows(
      work,
      usable.formats,
      await windowOf(work, checked, { ...own, groupBy: own.groupBy ?? usable.groupBy }),
    )
  })
}

export interface CountQuery extends ThroughView {
  readonly filter?: Filter | undefined
  /** Count to the end, however long it takes. @default false: stops at 100,000 */
  readonly exact?: boolean | undefined
}

export async function countViewedRows(
  session: OrgSession,
  tableId: string,
  query: CountQuery = {},
  options: CallOptions = {},
): Promise<RowCount> {
  const { view, ...own } = query
  if (view === undefined) return await countRows(session, tableId, own, options)
  return await through(
    session,
    tableId,
    view,
    { filter: own.filter, sort: [] },
    options,
    async (work, { filter }, _view, note) => {
      note(queryShape(filter))
      return await countOf(work, filter, own.exact === true)
    },
  )
}

/** `groupBy` may be left out where the view has a grouping. */
export type ViewedGroupsQuery = Omit<GroupsQuery, 'groupBy'> &
  ThroughView & { readonly groupBy?: readonly GroupBy[] | undefined }

/** @throws OpsError `INVALID_QUERY` if neither the call nor the view groups */
export async function readViewedGroups(
  session: OrgSession,
  tableId: string,
  query: ViewedGroupsQuery,
  options: CallOptions = {},
): Promise<GroupsPage> {
  const { view, ...own } = query
  if (view === undefined) return await readGroups(session, tableId, { ...own, groupBy: own.groupBy ?? [] }, options)
  const rows = { filter: own.filter, sort: [] }
  return await through(session, tableId, view, rows, options, async (work, checked, usable, note) => {
    const groupBy = own.groupBy ?? usable.groupBy
    if (groupBy.length === 0) {
      throw new OpsError('INVALID_QUERY', say('The view has no grouping, and the call names none.'), {
        path: ['groupBy'],
      })
    }
    return await groupsOf(work, checked.table, checked.filter, { ...own, groupBy }, note)
  })
}

/** `aggregates` may be left out where the view has summary functions. */
export type ViewedSummaryQuery = Omit<SummaryQuery, 'aggregates'> &
  ThroughView & { readonly aggregates?: readonly Aggregate[] | undefined }

/** The summary row with what it says of which column, by key. */
export interface ViewedSummary extends Summary {
  readonly columns: readonly Aggregate[]
}

export async function readViewedSummary(
  session: OrgSession,
  tableId: string,
  query: ViewedSummaryQuery,
  options: CallOptions = {},
): Promise<ViewedSummary> {
  const { view, ...own } = query
  if (view === undefined) {
    const columns = own.aggregates ?? []
    return { ...(await readSummary(session, tableId, { ...own, aggregates: columns }, options)), columns }
  }
  const rows = { filter: own.filter, sort: [] }
  return await through(session, tableId, view, rows, options, async (work, { table, filter }, usable, note) => {
    const asked = own.aggregates ?? usable.summaries
    const columns = asked.map((each) => ({ ...each, column: findColumn(work.table, each.column).key }))
    return { ...(await summaryOf(work, table, filter, asked, note)), columns }
  })
}

export async function findInView(
  session: OrgSession,
  tableId: string,
  query: FindQuery & ThroughView,
  options: CallOptions = {},
): Promise<FindPage> {
  const { view, ...own } = query
  if (view === undefined) return await findInTable(session, tableId, own, options)
  return await through(session, tableId, view, own, options, async (work, checked) => findOf(work, checked, own))
}

export async function locateInView(
  session: OrgSession,
  tableId: string,
  query: LocateQuery & ThroughView,
  options: CallOptions = {},
): Promise<LocatedRow | null> {
  const { view, ...own } = query
  if (view === undefined) return await locateRow(session, tableId, own, options)
  return await through(session, tableId, view, own, options, async (work, checked, usable) => {
    const groupBy = own.groupBy ?? (usable.groupBy.length === 0 ? undefined : usable.groupBy)
    return await placeOf(work, checked, { ...own, groupBy })
  })
}

/** Reads with the view as it is in the read's own transaction. */
async function through<T>(
  session: OrgSession,
  tableId: string,
  wanted: string | UnsavedView,
  query: RowsQuery,
  options: CallOptions,
  read: (work: TableWork, checked: CheckedQuery, view: UsableView, note: (shape: QueryShape) => void) => Promise<T>,
): Promise<T> {
  return await sampledRead(session, tableId, options, async (work, note) => {
    const { checked, view } = await queryThroughView(work, wanted, query)
    return await read(work, checked, view, note)
  })
}

/**
 * Fits a query to a table as a view shows it.
 *
 * @throws OpsError `NOT_FOUND` for a view that the actor does not see, and what `checkQuery` and `checkDefinition` throw
 */
export async function queryThroughView(
  work: TableWork,
  wanted: string | UnsavedView,
  query: RowsQuery,
): Promise<{ readonly checked: CheckedQuery; readonly view: UsableView; readonly name: string }> {
  const { view, name } = await loadView(work, wanted)
  const columns = query.columns ?? view.columns.map(({ id }) => id)
  const own = await checkQuery(work, { filter: query.filter, sort: query.sort ?? view.sorts, columns })
  return { checked: { ...own, filter: allOf(view.filter, own.filter) }, view, name }
}

async function loadView(
  work: TableWork,
  wanted: string | UnsavedView,
): Promise<{ readonly view: UsableView; readonly name: string }> {
  if (typeof wanted === 'string') {
    const { name, definition } = await findStored(work, wanted)
    return { view: usableDefinition(definition, work), name }
  }
  const { of = allRowsId, ...changes } = wanted
  const { name, definition } = await findStored(work, of)
  return { view: usableDefinition(checkDefinition(changes, definition, work, 'view'), work), name }
}

/**
 * The filter of a view, for what is done to its rows. One that no longer fits is refused where it is checked, and not left
 * out as for readers: what is done would be done to more rows than the view had.
 *
 * @returns null for a view of all rows
 * @throws OpsError `NOT_FOUND`
 */
export async function filterOfView(work: TableWork, viewId: string): Promise<Filter | null> {
  const { definition } = await findStored(work, viewId)
  return definition.filter ?? null
}

async function findStored(
  work: TableWork,
  viewId: string,
): Promise<{ readonly definition: ViewDefinition; readonly name: string }> {
  if (!viewIdSchema.safeParse(viewId).success) throw viewNotFound(viewId)
  if (viewId === allRowsId) return allRowsView(work)
  const record = await findView(work.tx.db, work.org.orgId, work.table.id, viewId, actorText(work.actor))
  return { definition: storedDefinition(record.definition), name: record.name }
}
