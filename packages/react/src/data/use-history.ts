import { useOpsClient } from './data-context.ts'
import { queryKeys } from './query-keys.ts'
import { useOpsPages } from './use-ops-pages.ts'

/** What happened to a row, or to one of its cells, newest first. */
export function useRowHistory(tableId: string, rowId: string, columnId: string | null = null) {
  const { history } = useOpsClient()
  return useOpsPages(queryKeys.history(tableId, 'row', rowId, columnId), (cursor, signal) => {
    const page = { tableId, rowId, limit: 50, ...(cursor !== undefined && { cursor }) }
    return columnId === null
      ? history.row.query(page, { signal })
      : history.cell.query({ ...page, columnId }, { signal })
  })
}

/** What happened to a table: its rows in bulk, its columns, itself; newest first. */
export function useTableHistory(tableId: string) {
  const { history } = useOpsClient()
  return useOpsPages(queryKeys.history(tableId, 'table'), (cursor, signal) =>
    history.table.query({ tableId, limit: 50, ...(cursor !== undefined && { cursor }) }, { signal }),
  )
}

/** Rows that were deleted and can be restored, the latest first. */
export function useDeletedRows(tableId: string) {
  const { rows } = useOpsClient()
  return useOpsPages(queryKeys.rows(tableId, 'deleted'), (cursor, signal) =>
    rows.deleted.query({ tableId, limit: 50, ...(cursor !== undefined && { cursor }) }, { signal }),
  )
}
