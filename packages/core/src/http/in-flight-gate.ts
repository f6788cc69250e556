import PQueue from 'p-queue'
import type { Call } from './call.ts'
import type { InFlightShare } from './limits.repository.ts'
import { outOfTurn } from './out-of-turn.ts'

/** Bounds the calls under way of this process to its share of what the vendor bears. */
export interface InFlightGate {
  /**
   * Runs a call when there is room, those of higher priority first.
   *
   * @throws HttpError `RATE_LIMITED` where there is none before the call's deadline; one that runs by then goes on
   */
  run(call: Call, priority: number, work: () => Promise<Response>): Promise<Response>
  idle(): boolean
  /** Gives the share back. */
  close(): Promise<void>
}

/** Asks for a share. */
export type AskForShare = (ask: Pick<InFlightShare, 'active' | 'wanted' | 'forMs'>) => Promise<number>

/** A share that is not asked for again ends after this time: that of a killed process, say. */
const shareMs = 30_000

/** Between two askings: while it has less than it wants, and while it has enough. */
const hungryMs = 250
const contentMs = 5_000

export function createInFlightGate(ask: AskForShare): InFlightGate {
  const queue = new PQueue({ autoStart: false, concurrency: 1 })
  let share = 0
  let asking = false
  let timer: NodeJS.Timeout | undefined

  function wanted(): number {
    return queue.size + queue.pending
  }

  async function negotiate(): Promise<void> {
    if (asking) return
    asking = true
    clearTimeout(timer)
    try {
      share = await ask({ active: queue.pending, wanted: wanted(), forMs: shareMs })
    } catch {
      // Without the database there is no more room than before; it is asked again soon.
    } finally {
      asking = false
    }
    if (share === 0) queue.pause()
    else {
      queue.concurrency = share
      queue.start()
    }
    if (wanted() > 0 || share > 0) timer = setTimeout(negotiate, wanted() > share ? hungryMs : contentMs).unref()
  }

  return {
    run: async (call, priority, work) => {
      const wait = new AbortController()
      const timer = setTimeout(() => wait.abort(outOfTurn(call)), Math.max(0, call.deadline - performance.now()))
      const taken = (): Promise<Response> => {
        clearTimeout(timer)
        return work()
      }
      const running = queue.add(taken, { priority, signal: AbortSignal.any([call.signal, wait.signal]) })
      if (wanted() > share) void negotiate()
      try {
        return await running
      } finally {
        clearTimeout(timer)
      }
    },
    idle: () => wanted() === 0 && share === 0,
    close: async () => {
      clearTimeout(timer)
      if (share > 0) await ask({ active: queue.pending, wanted: queue.pending, forMs: shareMs })
    },
  }
}
