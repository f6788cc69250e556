import type { CellsRequest } from './client/cells-calls.ts'
import { useOpsClient } from './data-context.ts'
import { queryKeys } from './query-keys.ts'
import { useStartMutation } from './use-ops-mutation.ts'
import { useOpsQuery } from './use-ops-query.ts'

/** What a run over cells of a column would ask for and cost. @param enabled false while nobody wants to know */
export function useCellsEstimate(tableId: string, columnId: string, request: CellsRequest, enabled = true) {
  const { cells } = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.rows(tableId, 'estimate', columnId, request),
    queryFn: ({ signal }) => cells.estimate.query({ tableId, columnId, request }, { signal }),
    staleTime: 0,
    enabled,
  })
}

/** Where a cell that a plugin fills is from. */
export function useCellExplanation(tableId: string, rowId: string, columnId: string) {
  const { cells } = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.rows(tableId, 'explain', rowId, columnId),
    queryFn: ({ signal }) => cells.explain.query({ tableId, rowId, columnId }, { signal }),
    staleTime: 0,
  })
}

/** Starts runs over columns. */
export function useCellMutations(tableId: string) {
  const { cells } = useOpsClient()
  const changed = [queryKeys.runs(), queryKeys.rows(tableId)]
  return {
    run: useStartMutation(
      (input: Omit<Parameters<typeof cells.run.mutate>[0], 'tableId' | 'key'>, key) =>
        cells.run.mutate({ tableId, ...input, key }),
      changed,
    ),
  }
}
