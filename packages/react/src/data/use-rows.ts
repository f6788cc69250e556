import type { Filter } from './client/views-calls.ts'
import { useData, useOpsClient } from './data-context.ts'
import { queryKeys } from './query-keys.ts'
import { useOpsMutation } from './use-ops-mutation.ts'
import { useOpsQuery } from './use-ops-query.ts'

/** One row, kept fresh. */
export function useRow(tableId: string, rowId: string) {
  const client = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.rows(tableId, 'one', rowId),
    queryFn: ({ signal }) => client.rows.get.query({ tableId, rowId }, { signal }),
  })
}

export interface DistinctAsked {
  /** Id of the column. */
  readonly column: string
  readonly search?: string
  readonly filter?: Filter
}

/** The values of a column with their counts, the commonest first: suggestions for filters. */
export function useDistinct(
  tableId: string,
  asked: DistinctAsked,
  { enabled = true }: { readonly enabled?: boolean } = {},
) {
  const client = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.rows(tableId, 'distinct', asked),
    queryFn: ({ signal }) => client.rows.distinct.query({ tableId, limit: 50, ...asked }, { signal }),
    placeholderData: (before) => before,
    enabled,
  })
}

/** What can be done to the rows of a table outside of its grid. */
export function useRowMutations(tableId: string) {
  const { client, unsaved } = useData()
  const { rows } = client
  const inTurn = <Answer>(send: (signal: AbortSignal) => Promise<Answer>) => unsaved.of(tableId).once(send)
  const changed = [queryKeys.rows(tableId), queryKeys.history(tableId), queryKeys.undo]
  return {
    update: useOpsMutation(
      (updates: Parameters<typeof rows.update.mutate>[0]['updates']) =>
        inTurn((signal) => rows.update.mutate({ tableId, updates }, { signal })),
      changed,
    ),
    delete: useOpsMutation(
      (rowIds: string[]) => inTurn((signal) => rows.delete.mutate({ tableId, rowIds }, { signal })),
      changed,
    ),
    restore: useOpsMutation(
      (rowIds: string[]) => inTurn((signal) => rows.restore.mutate({ tableId, rowIds }, { signal })),
      changed,
    ),
  }
}
