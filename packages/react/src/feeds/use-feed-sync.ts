import type { OpsFeed } from '../data/client/sources-calls.ts'
import { opsFault } from '../data/ops-fault.ts'
import { useFeedMutations } from '../data/use-feeds.ts'
import { useOpsContext } from '../provider/ops-context.ts'
import { useNotices } from '../ui/notice-queue.ts'

export interface FeedSync {
  readonly isBusy: boolean
  /** Tells that the sync has begun, or why not, also where the form that asked for it is gone by then. */
  begin(feed: Pick<OpsFeed, 'id' | 'name'>): void
}

/** Reads a source into its table now. */
export function useFeedSync(): FeedSync {
  const { translate } = useOpsContext()
  const notices = useNotices()
  const { sync } = useFeedMutations()
  return {
    isBusy: sync.isPending,
    begin: ({ id, name }) =>
      void sync.mutateAsync(id).then(
        () => notices.show({ kind: 'done', text: translate('feeds.syncing', { name }) }),
        (error: unknown) => notices.show({ kind: 'error', text: opsFault(error).message }),
      ),
  }
}
