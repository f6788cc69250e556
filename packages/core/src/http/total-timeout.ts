import { say } from '../sentences/say.ts'
import type { Send } from './call.ts'
import { HttpError } from './http-error.ts'

/** Bounds a call with all its waits and attempts; reading the answer's body counts as well. */
export function withTotalTimeout(send: Send): Send {
  return async (call) => {
    const remainingMs = Math.max(0, call.deadline - performance.now())
    const timeout = new AbortController()
    const late = (): HttpError =>
      new HttpError(
        'VENDOR_UNAVAILABLE',
        say('The call of {host} did not end within {#count} s, waits and repetitions included.', {
          host: call.url.host,
          count: Math.ceil(remainingMs / 1_000),
        }),
        { effect: 'unknown' },
      )
    // Runs on after the answer has begun, for its body; it keeps no process alive.
    const timer = setTimeout(() => timeout.abort(late()), remainingMs).unref()
    try {
      return await send({ ...call, signal: AbortSignal.any([call.signal, timeout.signal]) })
    } catch (failure) {
      clearTimeout(timer)
      throw failure
    }
  }
}
