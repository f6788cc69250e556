import type { ColumnAggregate } from '../grid-state/aggregate-result.ts'
import type { RowGroup } from '../grid-state/lines.ts'
import type { RefusedEdit } from '../grid-state/row-source.ts'
import type { RemoteChange, RowsEndpoint } from '../grid-state/rows-endpoint.ts'
import type { LiveEvent } from './client/live-calls.ts'
import type { OpsClient } from './client/ops-client.ts'
import type { TableQuery } from './client/rows-calls.ts'
import type { GroupBy } from './client/views-calls.ts'
import type { LiveHub } from './live-hub.ts'

/** One level of a grouping, with the key of its column. */
export interface Grouping extends GroupBy {
  readonly columnKey: string
}

/**
 * The rows of a table, or of a view of it, on the server.
 *
 * @param grouping the levels by which the view groups them. @default none
 * @param aggregates what the headings of groups say of columns. @default nothing
 */
export function tableRows(
  client: OpsClient,
  live: LiveHub,
  query: TableQuery,
  grouping: readonly Grouping[] = [],
  aggregates: readonly ColumnAggregate[] = [],
): RowsEndpoint {
  const { tableId } = query
  const { sort: _order, ...filtered } = query
  const groupBy = grouping.map(({ columnKey: _key, ...level }) => level)
  const grouped = groupBy.length > 0 && { groupBy }
  return {
    async count(signal) {
      const { count } = await client.rows.count.query({ ...filtered, exact: true }, { signal })
      return count
    },
    window(offset, limit, signal, path) {
      const within = path === undefined ? {} : { ...grouped, path: [...path] }
      return client.rows.window.query({ ...query, ...within, offset, limit }, { signal })
    },
    getMany: (rowIds, signal) => client.rows.getMany.query({ tableId, rowIds: [...rowIds] }, { signal }),
    async update(edits) {
      const updates = edits.map(({ rowId: id, cells }) => ({ id, cells }))
      const result = await client.rows.update.mutate({ tableId, updates })
      const refused: RefusedEdit[] = result.missing.map((rowId) => ({ rowId, reason: 'The row was deleted.' }))
      for (const { index, message } of result.errors) {
        const rowId = updates[index]?.id
        if (rowId !== undefined) refused.push({ rowId, reason: message })
      }
      return { versions: new Map(result.rows.map(({ id, version }) => [id, version])), refused }
    },
    async insert(rows) {
      const { rows: made } = await client.rows.insert.mutate({ tableId, rows: rows.map((cells) => ({ cells })) })
      return made.map(({ id }) => id)
    },
    async remove(rowIds) {
      await client.rows.delete.mutate({ tableId, rowIds: [...rowIds] })
    },
    async find(text, after, signal) {
      const page = { text, limit: 100, total: false, ...(after !== null && { cursor: after }) }
      const { hits, nextCursor } = await client.rows.find.query({ ...query, ...page }, { signal })
      return { hits: hits.map(({ rowId, columns }) => ({ rowId, columnKeys: columns })), next: nextCursor }
    },
    place: (rowId, signal) => client.rows.locate.query({ ...query, ...grouped, rowId }, { signal }),
    ...(groupBy.length > 0 && {
      async groups(offset: number, limit: number, signal: AbortSignal) {
        const asked = aggregates.map(({ columnKey: column, aggregate }) => ({ column, aggregate }))
        const request = { ...filtered, groupBy, aggregates: asked, offset, limit }
        const found = await client.rows.groups.query(request, { signal })
        const groups = found.groups.map(({ path, count, aggregates: values }): RowGroup => {
          const level = grouping[path.length - 1]
          const results = aggregates.map(({ columnKey, aggregate }, place) => {
            return [columnKey, { aggregate, value: values[place] ?? null }] as const
          })
          const columnKey = level?.columnKey ?? ''
          return { path, count, columnKey, by: level?.by, aggregates: Object.fromEntries(results) }
        })
        return { groups, total: found.total }
      },
    }),
    follow(listener) {
      return live.follow((event) => {
        for (const change of changesOf(event, query)) listener(change)
      })
    },
  }
}

/** What an event means for the rows shown: edits may move rows only where the order or the choice of rows depends on cells. */
function changesOf(event: LiveEvent, { tableId, sort, filter, view }: TableQuery): readonly RemoteChange[] {
  // What was read before the stream stood may have been changed since: nobody told.
  if (event.type !== 'changes') return [{ kind: 'order' }]
  const mayMove = (sort?.length ?? 0) > 0 || filter !== undefined || view !== undefined
  const ours = event.changes.filter((change) => change.tableId === tableId && change.kind.startsWith('rows-'))
  const changes = ours.map(({ kind, rows }): RemoteChange => {
    const isOfCells = kind === 'rows-updated' || kind === 'rows-computed'
    return isOfCells && rows !== null && !mayMove ? { kind: 'cells', rowIds: rows } : { kind: 'order' }
  })
  const order = changes.find(({ kind }) => kind === 'order')
  return order === undefined ? changes : [order]
}
