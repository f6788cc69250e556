import { useOpsClient } from './data-context.ts'
import { everyPage } from './every-page.ts'
import { queryKeys } from './query-keys.ts'
import { useOpsMutation } from './use-ops-mutation.ts'
import { useOpsQuery } from './use-ops-query.ts'

/** Sources that are read into tables again and again. */
export function useFeeds() {
  const { sources } = useOpsClient()
  return useOpsQuery({
    queryKey: queryKeys.feeds,
    queryFn: ({ signal }) => everyPage((page) => sources.list.query(page, { signal })),
    staleTime: 0,
    // The stream of changes does not tell of syncs that end.
    refetchInterval: 5_000,
  })
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
