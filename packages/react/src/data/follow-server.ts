import type { QueryClient } from '@tanstack/react-query'
import type { LiveHub } from './live-hub.ts'
import { keysChangedBy, queryKeys } from './query-keys.ts'

/** Has answers that are kept read anew when the server tells of changes, or can be reached again. Gives the way to stop. */
export function followServer(live: LiveHub, queryClient: QueryClient): () => void {
  const unwatch = live.watchConnection(() => {
    if (live.connection() !== 'open') return
    // Their last attempts met a server that was away; no change may ever lead to another one.
    void queryClient.refetchQueries({ queryKey: queryKeys.all, predicate: ({ state }) => state.status === 'error' })
  })
  const unfollow = live.follow((event) => {
    if (event.type !== 'changes') {
      // What was read before the stream stood may have been changed since: nobody told.
      void queryClient.invalidateQueries({ queryKey: queryKeys.all })
      return
    }
    const names = new Map(event.changes.flatMap(keysChangedBy).map((key) => [JSON.stringify(key), key]))
    for (const queryKey of names.values()) void queryClient.invalidateQueries({ queryKey })
  })
  return () => {
    unfollow()
    unwatch()
  }
}
