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

/** Until a stream that has failed for good is opened anew, in ms: twice as long each time. */
const pauses = { firstMs: 1_000, longestMs: 30_000 } as const

export function createLiveHub(live: LiveCalls): LiveHub {
  const listeners = new Set<(event: LiveEvent) => void>()
  const watchers = new Set<() => void>()
  let stream: { unsubscribe(): void } | null = null
  let connection: Connection = 'idle'
  let pauseMs: number = pauses.firstMs
  let reopening: ReturnType<typeof setTimeout> | undefined

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
          pauseMs = pauses.firstMs
          become('open')
          for (const listener of [...listeners]) listener(event.data)
        },
        // 'pending' is tRPC's word for a stream that stands.
        onConnectionStateChange: ({ state }) => become(state === 'pending' ? 'open' : 'connecting'),
        onError: openLater,
        onComplete: openLater,
      },
    )
  }

  /**
   * The client itself goes on with a stream that was cut, and not with one that was refused or met another answer than a stream,
   * such as that of a proxy whose server is being renewed.
   */
  function openLater(): void {
    // It has ended because nobody follows any more.
    if (listeners.size === 0) return
    become('connecting')
    clearTimeout(reopening)
    reopening = setTimeout(open, pauseMs)
    pauseMs = Math.min(2 * pauseMs, pauses.longestMs)
  }

  return {
    follow(listener) {
      listeners.add(listener)
      if (stream === null) open()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearTimeout(reopening)
        pauseMs = pauses.firstMs
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
