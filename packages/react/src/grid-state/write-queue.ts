/** Writes that are sent one after another, in the order they were made. */
export interface WriteQueue {
  /** Sends when all before it are through. @throws what the write throws when it is refused */
  push<Answer>(send: (signal: AbortSignal) => Promise<Answer>): Promise<Answer>
  /** Sends once all before it are through, and once only. @throws UnansweredError where it was not answered in time */
  once<Answer>(send: (signal: AbortSignal) => Promise<Answer>): Promise<Answer>
  /** What is pushed later waits until then. @returns ends once all before it are through, fails where they were given up */
  hold(until: Promise<void>): Promise<void>
  /** How many are not through yet. */
  readonly size: number
  dispose(): void
}

export interface WriteQueueOptions {
  /** Whether a failure means that the write was not answered: then it is sent again, for as long as it takes. */
  readonly isUnanswered: (error: unknown) => boolean
  /** Whether a failure may pass: the write is sent again some times, with pauses that grow, and then given up. */
  readonly isPassing: (error: unknown) => boolean
  /** A write was not answered, or was refused for now, and waits to be sent again; null once one is. */
  readonly onFault: (error: unknown) => void
  /** Wait before a write is sent again, in ms. */
  readonly retryMs: number
  /** A write without an answer for so long counts as lost, in ms. */
  readonly answerMs: number
  /** The same of what is sent once, which may take the server longer and is not known to be lost. */
  readonly onceMs: number
}

/** Pauses before a write that was refused for now is sent again, in times of `retryMs`: a minute in all, by default. */
const passingPauses = [1, 2, 4, 8, 16]

/**
 * Keeps what was typed while the other side is away. Of two writes of one cell the later must also be the later one
 * there, so nothing overtakes; sending a write twice does no harm, since it sets cells to values.
 */
export function createWriteQueue({
  isUnanswered,
  isPassing,
  onFault,
  retryMs,
  answerMs,
  onceMs,
}: WriteQueueOptions): WriteQueue {
  const lifetime = new AbortController()
  let last: Promise<unknown> = Promise.resolve()
  let size = 0

  async function attempt<Answer>(send: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    const pauses = passingPauses.values()
    for (;;) {
      lifetime.signal.throwIfAborted()
      try {
        const answer = await answerWithin(answerMs, lifetime.signal, send)
        onFault(null)
        return answer
      } catch (error) {
        if (lifetime.signal.aborted) throw error
        const times = isUnanswered(error) ? 1 : isPassing(error) ? pauses.next().value : undefined
        if (times === undefined) throw error
        onFault(error)
        await pause(times * retryMs, lifetime.signal)
      }
    }
  }

  return {
    get size() {
      return size
    },
    async push(send) {
      size += 1
      const before = last
      const sent = before.then(() => attempt(send))
      last = sent.catch(() => {})
      try {
        return await sent
      } finally {
        size -= 1
      }
    },
    once(send) {
      const sent = last.then(() => {
        lifetime.signal.throwIfAborted()
        return answerWithin(onceMs, null, send)
      })
      last = sent.catch(() => {})
      return sent
    },
    async hold(until) {
      const before = last
      last = before.then(() => until)
      await before
      lifetime.signal.throwIfAborted()
    },
    dispose: () => lifetime.abort(new Error('The table was closed before the change was saved.')),
  }
}

/** The other side said nothing in time. */
export class UnansweredError extends Error {}

/** Waits for an answer so long and no longer, and no longer than until `signal` aborts. @throws UnansweredError */
export async function answerWithin<Answer>(
  ms: number,
  signal: AbortSignal | null,
  ask: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const controller = new AbortController()
  const stop = () => controller.abort(signal?.reason)
  signal?.addEventListener('abort', stop)
  const seconds = Math.round(ms / 1_000)
  const timer = setTimeout(
    () => controller.abort(new UnansweredError(`There was no answer for ${seconds} seconds.`)),
    ms,
  )
  const given = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true })
  })
  try {
    signal?.throwIfAborted()
    return await Promise.race([ask(controller.signal), given])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

/** Waits so long, or until the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(end, ms)
    function end() {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    signal.addEventListener('abort', end)
  })
}
