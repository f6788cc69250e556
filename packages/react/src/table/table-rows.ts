import type { RefusedEdit } from '../grid-state/row-source.ts'
import type { RemoteChange, RowsEndpoint } from '../grid-state/rows-endpoint.ts'
import type { LiveEvent, OpsClient, TableQuery } from './ops-client.ts'

/** The rows of a table, or of a view of it, on the server. */
export function tableRows(client: OpsClient, query: TableQuery): RowsEndpoint {
  const { tableId } = query
  const { sort: _order, ...filtered } = query
  return {
    async count(signal) {
      const { count } = await client.rows.count.query({ ...filtered, exact: true }, { signal })
      return count
    },
    window: (offset, limit, signal) => client.rows.window.query({ ...query, offset, limit }, { signal }),
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
    follow(listener) {
      const subscription = client.live.changes.subscribe(
        { tableIds: [tableId] },
        {
          onData(event) {
            for (const change of changesOf(event.data, query)) listener(change)
          },
        },
      )
      return () => subscription.unsubscribe()
    },
  }
}

/** What an event means for the rows shown: edits may move rows only where the order or the choice of rows depends on cells. */
function changesOf(event: LiveEvent, { sort, filter, view }: TableQuery): readonly RemoteChange[] {
  if (event.type !== 'changes') return event.type === 'resync' ? [{ kind: 'order' }] : []
  const mayMove = (sort?.length ?? 0) > 0 || filter !== undefined || view !== undefined
  const changes = event.changes.map(({ kind, rows }): RemoteChange => {
    const isOfCells = kind === 'rows-updated' || kind === 'rows-computed'
    return isOfCells && rows !== null && !mayMove ? { kind: 'cells', rowIds: rows } : { kind: 'order' }
  })
  const order = changes.find(({ kind }) => kind === 'order')
  return order === undefined ? changes : [order]
}
