import type { LiveCalls, LiveEvent } from './client/live-calls.ts'

/** How the stream of changes stands. */
export type Connection = 'idle' | 'connecting' | 'open'

/** The one stream of changes that everything on the page shares: browsers open few connections to one server. */
export interface LiveHub {
  /** Opens the stream with the first listener and ends it with the last. */
  follow(listener: (event: LiveEvent) => void): () => void
  connection(): Connection
  /** Tells when the connection is another. */
  watchConnection(listener: () => void): () => void
}

export function createLiveHub(live: LiveCalls): LiveHub {
  const listeners = new Set<(event: LiveEvent) => void>()
  const watchers = new Set<() => void>()
  let stream: { unsubscribe(): void } | null = null
  let connection: Connection = 'idle'

  function become(next: Connection): void {
    if (next === connection) return
    connection = next
    for (const watcher of watchers) watcher()
  }

  function open(): void {
    become('connecting')
    stream = live.changes.subscribe(
      {},
      {
        onData(event) {
          become('open')
          for (const listener of [...listeners]) listener(event.data)
        },
        // 'pending' is tRPC's word for a stream that stands.
        onConnectionStateChange: ({ state }) => become(state === 'pending' ? 'open' : 'connecting'),
        onError: () => become('connecting'),
      },
    )
  }

  return {
    follow(listener) {
      listeners.add(listener)
      if (stream === null) open()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stream?.unsubscribe()
        stream = null
        become('idle')
      }
    },
    connection: () => connection,
    watchConnection(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}
