import type { Call } from './call.ts'
import { HttpError } from './http-error.ts'

/** The time of a call that waited ended before its turn came: unlike one that was sent, it certainly did nothing. */
export function outOfTurn(call: Call, cause?: unknown): HttpError {
  const about = `So many calls of ${call.url.host} wait that this one did not get its turn in time.`
  return new HttpError('RATE_LIMITED', about, { cause, effect: 'none' })
}
