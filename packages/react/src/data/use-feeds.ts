import { useEffect, useRef } from 'react'
import type { OpsRun } from './client/runs-calls.ts'
import type { OpsFeed } from './client/sources-calls.ts'
import { useData, useOpsClient } from './data-context.ts'
import { everyPage } from './every-page.ts'
import { queryKeys } from './query-keys.ts'
import { useOpsMutation } from './use-ops-mutation.ts'
import { useOpsQuery } from './use-ops-query.ts'
import { isRunOver, useRun } from './use-runs.ts'

/** Sources that are read into tables again and again. */
export function useFeeds() {
  const { sources } = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.feeds,
    queryFn: ({ signal }) => everyPage((page) => sources.list.query(page, { signal })),
    staleTime: 0,
  })
}

/** The latest run of a feed, followed while it is under way. The stream of changes does not tell that it ends, so feeds are read anew then. */
export function useFeedRun({ runId }: OpsFeed): OpsRun | undefined {
  const { queryClient } = useData()
  const run = useRun(runId, false).data
  // The run whose end the feeds know of.
  const told = useRef(runId)
  useEffect(() => {
    if (run === undefined) return
    if (!isRunOver(run)) told.current = null
    else if (told.current !== run.id) {
      told.current = run.id
      void queryClient.invalidateQueries({ queryKey: queryKeys.feeds })
    }
  }, [queryClient, run])
  return run
}

export function useFeedMutations() {
  const { sources } = useOpsClient()
  const changed = [queryKeys.feeds, queryKeys.runs()]
  return {
    preview: useOpsMutation((input: Parameters<typeof sources.preview.mutate>[0]) => sources.preview.mutate(input), []),
    create: useOpsMutation(
      (input: Parameters<typeof sources.create.mutate>[0]) => sources.create.mutate(input),
      [...changed, queryKeys.tables],
    ),
    update: useOpsMutation(
      (input: Parameters<typeof sources.update.mutate>[0]) => sources.update.mutate(input),
      changed,
    ),
    sync: useOpsMutation((feedId: string) => sources.sync.mutate({ feedId }), changed),
    delete: useOpsMutation((feedId: string) => sources.delete.mutate({ feedId }), changed),
  }
}
