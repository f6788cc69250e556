import type { ActionEntry, ActionRequest } from './client/actions-calls.ts'
import { useOpsClient } from './data-context.ts'
import { queryKeys } from './query-keys.ts'
import { useStartMutation } from './use-ops-mutation.ts'
import { useOpsPages } from './use-ops-pages.ts'
import { useOpsQuery } from './use-ops-query.ts'

const nothing: ActionRequest = { plugin: '', part: '', settings: {}, inputs: {}, output: {} }

/** How many rows, calls and credits an action would take. @param request null while it is not whole */
export function useActionEstimate(tableId: string, request: ActionRequest | null) {
  const { actions } = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.rows(tableId, 'action-estimate', request),
    queryFn: ({ signal }) => actions.estimate.mutate({ tableId, request: request ?? nothing }, { signal }),
    staleTime: 0,
    enabled: request !== null,
  })
}

/** Starts actions, and starts them once more for rows that have failed. */
export function useActionMutations(tableId: string) {
  const { actions } = useOpsClient()
  const changed = [queryKeys.runs(), queryKeys.rows(tableId)]
  return {
    start: useStartMutation((request: ActionRequest, key) => actions.start.mutate({ tableId, request, key }), changed),
    retry: useStartMutation((runId: string, key) => actions.retry.mutate({ runId, key }), changed),
  }
}

/** What an action did, row by row. */
export function useActionLog(runId: string, states?: ActionEntry['state'][]) {
  const { actions } = useOpsClient()
  return useOpsPages([...queryKeys.runLog(runId), 'rows', states], (cursor, signal) =>
    actions.log.query(
      { runId, limit: 50, ...(states !== undefined && { states }), ...(cursor !== undefined && { cursor }) },
      { signal },
    ),
  )
}
