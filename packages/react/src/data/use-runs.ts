import { useEffect } from 'react'
import { useData, useOpsClient } from './data-context.ts'
import { queryKeys } from './query-keys.ts'
import { useOpsMutation } from './use-ops-mutation.ts'
import { useOpsQuery } from './use-ops-query.ts'

/** A run as it is, followed until it is over. */
export function useRun(runId: string | null) {
  const { client, queryClient } = useData()
  useEffect(() => {
    if (runId === null) return
    const stream = client.live.run.subscribe(
      { runId },
      { onData: (run) => queryClient.setQueryData(queryKeys.run(run.id), run) },
    )
    return () => stream.unsubscribe()
  }, [client, queryClient, runId])
  return useOpsQuery({
    queryKey: queryKeys.run(runId ?? ''),
    queryFn: ({ signal }) => client.runs.get.query({ runId: runId ?? '' }, { signal }),
    enabled: runId !== null,
    // An answer that was under way may be older than the last word of the stream.
    refetchInterval: ({ state }) => (state.data?.state === 'done' || state.data?.state === 'cancelled' ? false : 2_000),
  })
}

/** The latest runs, of a table or of all. */
export function useRuns(tableId?: string) {
  const client = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.runs({ tableId }),
    queryFn: ({ signal }) =>
      client.runs.list.query({ limit: 50, ...(tableId !== undefined && { tableId }) }, { signal }),
    // The stream of changes does not tell of runs that begin.
    staleTime: 0,
    refetchInterval: 5_000,
  })
}

export function useRunMutations() {
  const { runs } = useOpsClient()
  const changed = [queryKeys.runs()]
  return {
    pause: useOpsMutation((runId: string) => runs.pause.mutate({ runId }), changed),
    resume: useOpsMutation((runId: string) => runs.resume.mutate({ runId }), changed),
    cancel: useOpsMutation((runId: string) => runs.cancel.mutate({ runId }), changed),
  }
}
