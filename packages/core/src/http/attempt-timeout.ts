import { say } from '../sentences/say.ts'
import type { Send } from './call.ts'
import { HttpError } from './http-error.ts'

/** Bounds one attempt until its answer begins. */
export function withAttemptTimeout(send: Send): Send {
  return async (call) => {
    const timeout = new AbortController()
    const late = (): HttpError =>
      new HttpError(
        'VENDOR_UNAVAILABLE',
        say('{host} did not answer within {#count} s.', { host: call.url.host, count: call.timeoutMs / 1_000 }),
        { effect: 'unknown' },
      )
    const timer = setTimeout(() => timeout.abort(late()), call.timeoutMs)
    try {
      return await send({ ...call, signal: AbortSignal.any([call.signal, timeout.signal]) })
    } finally {
      clearTimeout(timer)
    }
  }
}
