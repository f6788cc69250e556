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
  /** Looks at the log at once: something was written in this process. */
  wake(): void
}

/** Pauses between two looks, in milliseconds: short while work goes on, doubling to the longest when nothing happens. */
const pauses = { shortest: 20, longest: 500, afterError: 2_000 } as const

/** How long a tail goes on when nobody listens, in milliseconds: whoever reconnects finds it running. */
const lingerMs = 5_000

/** @param onEnd called when nobody has listened for a while, or the log could not be read at all */
export function startTail(changes: ChangesApi, onEnd: () => void): OrgTail {
  const listeners = new Set<TailListener>()
  let cursor: string
  let nudge = Promise.withResolvers<void>()
  let unheardSince = performance.now()

  const started = changes.end().then((end) => {
    cursor = end
  })

  async function follow(): Promise<void> {
    let pauseMs: number = pauses.shortest
    while (listeners.size > 0 || performance.now() - unheardSince < lingerMs) {
      try {
        const page = await changes.read({ after: cursor, limit: 1_000 })
        const isBusy = page.entries.length > 0
        if (isBusy) tell({ changes: page.entries.map(liveChangeOf), cursor: page.cursor, lost: false })
        cursor = page.cursor
        pauseMs = isBusy ? pauses.shortest : Math.min(pauseMs * 2, pauses.longest)
        await pause(page.gap === null ? pauseMs : pauses.shortest)
      } catch (error) {
        if (isOpsError(error, 'CHANGES_PRUNED')) await skipToEnd()
        await pause(pauses.afterError)
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

  /** Writers that follow each other closely are looked at together. */
  async function pause(ms: number): Promise<void> {
    await sleep(pauses.shortest, undefined, { ref: false })
    const rest = new AbortController()
    const rested = sleep(ms - pauses.shortest, undefined, { signal: rest.signal, ref: false }).catch(() => undefined)
    await Promise.race([rested, nudge.promise])
    rest.abort()
    nudge = Promise.withResolvers()
  }

  started.then(follow).then(onEnd, onEnd)

  return {
    listen: async (listener) => {
      unheardSince = performance.now()
      await started
      listeners.add(listener)
      return {
        cursor,
        end: () => {
          listeners.delete(listener)
          unheardSince = performance.now()
        },
      }
    },
    wake: () => nudge.resolve(),
  }
}
