import { OpsError } from '../../errors/ops-error.ts'
import type { PortStream } from './port-stream.ts'
import { restartedError, type WorkerHost } from './worker-host.ts'

export interface DeadlineOptions {
  /** How long the work may take, in milliseconds. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/** How long a client whose time is up may still be served before the worker is ended: a statement that can be cancelled has ended by then. */
const overdueMs = 250

/**
 * The same for one who no longer wants the answer. Most statements end by themselves in this time, which harms nobody; a
 * restart would fail what others wait for.
 */
const unwantedMs = 1_000

/** What the worker had taken up before it heard that a client left may begin later than that; looked for so often, and so long. */
const lookMs = 25
const watchedMs = 5_000

/**
 * Runs `work`, and ends what its client does in the database when the time is up or the signal aborts. PGlite cancels a
 * statement only while that reads files; one that goes on is ended with the whole worker.
 *
 * @param stream The client's stream; without it any statement that runs counts as the work's own.
 */
export async function runWithDeadline<T>(
  host: WorkerHost,
  stream: PortStream | undefined,
  { timeoutMs, signal }: DeadlineOptions,
  work: () => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const interrupted = Promise.withResolvers<never>()
  const interrupt = (reason: unknown, patienceMs: number) => {
    interrupted.reject(reason)
    endStatement(host, stream, reason, patienceMs)
  }
  const onAbort = () => interrupt(signal?.reason, unwantedMs)
  const timer = setTimeout(() => interrupt(timeoutError(timeoutMs), overdueMs), timeoutMs)
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work(), interrupted.promise])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

function endStatement(host: WorkerHost, stream: PortStream | undefined, reason: unknown, patienceMs: number): void {
  const restart = () => void host.restart(restartedError('had to end a statement')).catch(() => undefined)
  if (stream === undefined) {
    restart()
    return
  }
  stream.destroy(asError(reason))
  const left = performance.now()
  const look = (): void => {
    const sinceMs = performance.now() - left
    const isServed = host.isServing(stream)
    const isOverdue = isServed && sinceMs >= patienceMs
    if (isOverdue) restart()
    else if (isServed) host.cancel(stream)
    if (isOverdue || sinceMs > watchedMs) clearInterval(watch)
  }
  const watch = setInterval(look, lookMs).unref()
  look()
}

function timeoutError(timeoutMs: number): OpsError {
  return new OpsError('TIMEOUT', `The statement ran longer than its limit of ${timeoutMs} ms on the embedded database.`)
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason })
}
