import { setTimeout as sleep } from 'node:timers/promises'
import { type ChangesApi, isOpsError } from '@opslayer/core'
import { type LiveChange, liveChangeOf } from './live-event.ts'

/** Some entries of the change log and the cursor behind them. */
export interface TailPage {
  readonly changes: readonly LiveChange[]
  readonly cursor: string
  /** Entries before these are lost to those who listen. */
  readonly lost: boolean
}

export type TailListener = (page: TailPage) => void

/** The end of one org's change log, read once for all who listen in this process. */
export interface OrgTail {
  /**
   * Hands over what comes from now on.
   *
   * @returns the cursor that it begins behind, and how to end it
   */
  listen(listener: TailListener): Promise<{ readonly cursor: string; readonly end: () => void }>
}

/** After the log could not be read, until it is tried again, in milliseconds. */
const retryMs = 2_000

/** How long a tail goes on when nobody listens, in milliseconds: whoever reconnects finds it running. */
const lingerMs = 5_000

/** @param onEnd called in the moment in which it ends: nobody has listened for a while, or the log could not be read at all */
export function startTail(changes: ChangesApi, onEnd: () => void): OrgTail {
  const listeners = new Set<TailListener>()
  const ended = new AbortController()
  let cursor: string
  let lingering = linger()

  const started = changes.end().then((end) => {
    cursor = end
  })

  async function follow(): Promise<void> {
    while (!ended.signal.aborted) {
      try {
        for await (const page of changes.follow({ after: cursor, limit: 1_000 }, { signal: ended.signal })) {
          if (page.entries.length > 0)
            tell({ changes: page.entries.map(liveChangeOf), cursor: page.cursor, lost: false })
          cursor = page.cursor
        }
      } catch (error) {
        if (isOpsError(error, 'CHANGES_PRUNED')) await skipToEnd()
        await sleep(retryMs, undefined, { signal: ended.signal, ref: false }).catch(() => {}) // Ended: the loop sees it.
      }
    }
  }

  async function skipToEnd(): Promise<void> {
    const end = await changes.end().catch(() => undefined)
    if (end === undefined) return
    tell({ changes: [], cursor: end, lost: true })
    cursor = end
  }

  function tell(page: TailPage): void {
    for (const listener of listeners) listener(page)
  }

  function linger(): NodeJS.Timeout {
    return setTimeout(() => {
      ended.abort()
      onEnd()
    }, lingerMs).unref()
  }

  started.then(follow).catch(onEnd)

  return {
    listen: async (listener) => {
      clearTimeout(lingering)
      await started
      listeners.add(listener)
      return {
        cursor,
        end: () => {
          listeners.delete(listener)
          clearTimeout(lingering)
          if (listeners.size === 0) lingering = linger()
        },
      }
    },
  }
}
