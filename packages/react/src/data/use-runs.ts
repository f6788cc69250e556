import { useEffect } from 'react'
import type { OpsRun, RunState } from './client/runs-calls.ts'
import { useData, useOpsClient } from './data-context.ts'
import { opsFault } from './ops-fault.ts'
import { queryKeys } from './query-keys.ts'
import { useOpsMutation, useStartMutation } from './use-ops-mutation.ts'
import { useOpsPages } from './use-ops-pages.ts'
import { useOpsQuery } from './use-ops-query.ts'

/** Whether nothing goes on by itself any more. */
export function isRunOver({ state }: OpsRun): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed'
}

/**
 * A run as it is, followed until it is over.
 *
 * @param isStreamed false to ask for it now and then instead: browsers open few streams to one server. @default true
 */
export function useRun(runId: string | null, isStreamed = true) {
  const { client, queryClient } = useData()
  useEffect(() => {
    if (runId === null || !isStreamed) return
    const stream = client.live.run.subscribe(
      { runId },
      { onData: (run) => queryClient.setQueryData(queryKeys.run(run.id), run) },
    )
    return () => stream.unsubscribe()
  }, [client, queryClient, runId, isStreamed])
  return useOpsQuery({
    queryKey: queryKeys.run(runId ?? ''),
    queryFn: ({ signal }) => client.runs.get.query({ runId: runId ?? '' }, { signal }),
    enabled: runId !== null,
    // An answer that was under way may be older than the last word of the stream.
    refetchInterval: ({ state: { data, error } }) => {
      const isGone = error !== null && !opsFault(error).retryable
      return isGone || (data !== undefined && isRunOver(data)) ? false : 2_000
    },
  })
}

export interface RunsAsked {
  readonly tableId?: string | undefined
  readonly kind?: string | undefined
  /** @default all */
  readonly states?: readonly RunState[] | undefined
}

/** Runs, the latest first, page by page. @param enabled false while nobody looks */
export function useRuns({ tableId, kind, states }: RunsAsked = {}, enabled = true) {
  const { runs } = useOpsClient()
  const asked = {
    ...(tableId !== undefined && { tableId }),
    ...(kind !== undefined && { kind }),
    ...(states !== undefined && { states: [...states] }),
  }
  return useOpsPages(
    queryKeys.runs(asked),
    (cursor, signal) => runs.list.query({ limit: 25, ...asked, ...(cursor !== undefined && { cursor }) }, { signal }),
    // The stream of changes does not tell of runs that begin.
    { staleTime: 0, refetchInterval: 5_000, enabled },
  )
}

/** What happened to a run, the latest first. */
export function useRunLog(runId: string) {
  const { runs } = useOpsClient()
  return useOpsPages(queryKeys.runLog(runId), (cursor, signal) =>
    runs.log.query({ runId, limit: 50, ...(cursor !== undefined && { cursor }) }, { signal }),
  )
}

export function useRunMutations() {
  const { runs } = useOpsClient()
  // A run's own answer is kept under its id.
  const changed = [queryKeys.runs(), queryKeys.anyRun]
  return {
    pause: useOpsMutation((runId: string) => runs.pause.mutate({ runId }), changed),
    resume: useOpsMutation((runId: string) => runs.resume.mutate({ runId }), changed),
    cancel: useOpsMutation((runId: string) => runs.cancel.mutate({ runId }), changed),
    /** Asks anew for the cells that a run over a column has left failed. */
    retry: useStartMutation((runId: string, key) => runs.retry.mutate({ runId, key }), changed),
  }
}
