import { setTimeout as delay } from 'node:timers/promises'
import type { ClientLease } from './client-lease.ts'
import type { PgClient, PgPool } from './pool.ts'

/** Stops watching, after a cancel under way has gone out. */
export type StopWatching = () => Promise<void>

/** How long an abort waits for a second connection before it gives up the one that is busy. */
const patienceMs = 500

/** Between two statements a cancel hits nothing, so it is sent again until the work has stopped. */
const againAfterMs = 100

/**
 * Ends what the leased client runs when `signal` aborts, by `pg_cancel_backend` over a second connection. Where there
 * is none to be had (a pool of one, or one full of such calls), the busy connection is closed to make room.
 *
 * The returned function waits for a cancel under way, so that it can never hit the next user of the connection.
 */
export function cancelOnAbort(pool: PgPool, lease: ClientLease, signal: AbortSignal | undefined): StopWatching {
  const pid = lease.client.processID
  if (signal === undefined || typeof pid !== 'number') return async () => {}
  const stopping = new AbortController()
  let cancelling: Promise<void> | undefined
  const onAbort = (): void => {
    cancelling = cancelUntilStopped(pool, lease, pid, stopping.signal)
  }
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  return async () => {
    stopping.abort()
    signal.removeEventListener('abort', onAbort)
    await cancelling
  }
}

async function cancelUntilStopped(pool: PgPool, lease: ClientLease, pid: number, stopped: AbortSignal): Promise<void> {
  const connecting = pool.connect()
  const control = await soon(connecting, stopped)
  if (control === 'waiting') {
    const isBusy = !stopped.aborted
    if (isBusy) lease.release(true)
    // The backend does not notice that its client is gone: its statement is cancelled once there is room to say so.
    connecting.then(
      async (successor) => successor.release(isBusy && !(await sendCancel(successor, pid))),
      () => {}, // The statement's own time limit ends it.
    )
    return
  }
  if (control === undefined) return // No connection to cancel over: the statement's own time limit ends it.
  let sent = true
  while (sent && !stopped.aborted) {
    sent = await sendCancel(control, pid)
    await delay(againAfterMs, undefined, { signal: stopped }).catch(() => {}) // Stopped: that is what it waits for.
  }
  control.release(!sent)
}

async function soon(connecting: Promise<PgClient>, stopped: AbortSignal): Promise<PgClient | undefined | 'waiting'> {
  const enough = delay(patienceMs, 'waiting' as const, { signal: stopped }).catch(() => 'waiting' as const)
  return await Promise.race([connecting.catch(() => undefined), enough])
}

async function sendCancel(control: PgClient, pid: number): Promise<boolean> {
  try {
    await control.query({ text: 'select pg_cancel_backend($1)', values: [pid] })
    return true
  } catch {
    return false
  }
}
