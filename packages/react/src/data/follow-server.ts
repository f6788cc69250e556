import type { QueryClient } from '@tanstack/react-query'
import type { LiveHub } from './live-hub.ts'
import { keysChangedBy, queryKeys } from './query-keys.ts'

/** While others change things without pause, what is kept of them is read anew once in so long, in ms. */
const paceMs = 1_000

/** Has answers that are kept read anew when the server tells of changes, or can be reached again. Gives the way to stop. */
export function followServer(live: LiveHub, queryClient: QueryClient): () => void {
  /** By name: the timer until when it is not read anew again, and whether it is to be read then. */
  const pauses = new Map<string, { readonly timer: ReturnType<typeof setTimeout>; isWanted: boolean }>()

  function renew(queryKey: readonly unknown[]): void {
    const name = JSON.stringify(queryKey)
    const pause = pauses.get(name)
    if (pause !== undefined) {
      pause.isWanted = true
      return
    }
    const over = (): void => {
      const isWanted = pauses.get(name)?.isWanted === true
      pauses.delete(name)
      if (isWanted) renew(queryKey)
    }
    pauses.set(name, { timer: setTimeout(over, paceMs), isWanted: false })
    invalidate(queryClient, queryKey)
  }

  const unwatch = live.watchConnection(() => {
    if (live.connection() !== 'open') return
    // Their last attempts met a server that was away; no change may ever lead to another one.
    void queryClient.refetchQueries({ queryKey: queryKeys.all, predicate: ({ state }) => state.status === 'error' })
  })
  const unfollow = live.follow((event) => {
    // What was read before the stream stood may have been changed since: nobody told.
    if (event.type !== 'changes') invalidate(queryClient, queryKeys.all)
    else {
      const keys = new Map(event.changes.flatMap(keysChangedBy).map((key) => [JSON.stringify(key), key]))
      for (const queryKey of keys.values()) renew(queryKey)
    }
  })
  return () => {
    unfollow()
    unwatch()
    for (const { timer } of pauses.values()) clearTimeout(timer)
  }
}

/** Has answers read anew. A first one on its way may be of before the change, and is not asked for twice at once: it is read after it. */
function invalidate(queryClient: QueryClient, queryKey: readonly unknown[]): void {
  const first = queryClient
    .getQueryCache()
    .findAll({ queryKey, fetchStatus: 'fetching', predicate: ({ state }) => state.data === undefined })
  for (const { promise, queryKey: exact } of first) {
    const again = (): void => void queryClient.invalidateQueries({ queryKey: exact, exact: true })
    promise?.then(again, () => {}) // What failed is not kept.
  }
  void queryClient.invalidateQueries({ queryKey })
}
