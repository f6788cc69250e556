import type { PgClient, PgPool } from './pool.ts'

/** Stops watching; resolves to whether a cancel was sent. */
export type StopWatching = () => Promise<boolean>

/**
 * Ends the statement that `client` runs when `signal` aborts, by `pg_cancel_backend` over a second connection.
 *
 * The returned function waits for a cancel under way, so that it can never hit the next user of the connection; a
 * cancel still waiting for its connection is dropped, so that a pool full of aborted calls does not wait for itself.
 */
export function cancelOnAbort(pool: PgPool, client: PgClient, signal: AbortSignal | undefined): StopWatching {
  const pid = client.processID
  if (signal === undefined || typeof pid !== 'number') return async () => false
  let stopped = false
  let sending: Promise<boolean> | undefined

  const onAbort = async (): Promise<void> => {
    const control = await pool.connect().catch(() => undefined)
    if (control === undefined) return // No connection to cancel over: the statement's own time limit ends it.
    if (!stopped) sending = sendCancel(control, pid)
    const failed = sending === undefined ? false : !(await sending)
    control.release(failed)
  }
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) void onAbort()
  return async () => {
    stopped = true
    signal.removeEventListener('abort', onAbort)
    return sending === undefined ? false : await sending
  }
}

async function sendCancel(control: PgClient, pid: number): Promise<boolean> {
  try {
    await control.query({ text: 'select pg_cancel_backend($1)', values: [pid] })
    return true
  } catch {
    return false
  }
}
