import { abortableSleep } from './abortable-sleep.ts'
import { backoffMs } from './backoff.ts'
import type { Call, Send } from './call.ts'
import { HttpError, isHttpError } from './http-error.ts'
import { retryAfterMs } from './retry-after.ts'

export interface RetryOptions {
  readonly now: () => Date
  /** From 0 to 1. */
  readonly random: () => number
}

const attemptsAtMost = 5

/** Waits that are worth a pause of the run rather than of the call: they are about a quota. */
const quotaWaitMs = 300_000

/**
 * Sends a call again after what may pass: 408, 425, 429, 5xx, a lost connection, an attempt that took too long.
 * Calls that are not idempotent go again only where the vendor certainly did nothing. The wait is what the vendor
 * says, or longer; a wait beyond the end of the call ends it at once, with the time to come back.
 */
export function withRetry(send: Send, { now, random }: RetryOptions): Send {
  return async (call) => {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await attemptOnce(send, { ...call, attempt })
      const pause = pauseAfter(outcome, call, now())
      if (pause === undefined) return given(outcome)
      const waitMs = Math.max(pause.floorMs, backoffMs(attempt, random()))
      const isLast = attempt >= attemptsAtMost || performance.now() + waitMs > call.deadline
      if (isLast) return givenUp(outcome, call, pause.floorMs, attempt)
      if ('response' in outcome) await discard(outcome.response)
      await abortableSleep(waitMs, call.signal)
    }
  }
}

type Outcome = { readonly response: Response } | { readonly error: unknown }

async function attemptOnce(send: Send, call: Call): Promise<Outcome> {
  try {
    return { response: await send(call) }
  } catch (error) {
    // What is ours says more than the signal's reason.
    if (!isHttpError(error)) call.signal.throwIfAborted()
    return { error }
  }
}

/** @returns undefined if the outcome stands; otherwise the least wait before the next attempt */
function pauseAfter(outcome: Outcome, call: Call, now: Date): { readonly floorMs: number } | undefined {
  if ('error' in outcome) {
    const { error } = outcome
    // An error that says when to come back is for the caller to heed.
    const passes = isHttpError(error) && error.code === 'VENDOR_UNAVAILABLE' && error.retryAfterMs === undefined
    return passes && (call.idempotent || error.effect === 'none') ? { floorMs: 0 } : undefined
  }
  const { status, headers } = outcome.response
  const asked = retryAfterMs(headers, now)
  const refusedUndone = status === 429 || (status === 503 && asked !== undefined)
  const mayPass = refusedUndone || (call.idempotent && isPassing(status))
  return mayPass ? { floorMs: asked ?? 0 } : undefined
}

function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 500 || (status >= 502 && status <= 504) || isProxyFault(status)
}

/** What proxies in front of vendors answer while the vendor itself is away. */
function isProxyFault(status: number): boolean {
  return status >= 520 && status <= 524
}

function given(outcome: Outcome): Response {
  if ('error' in outcome) throw outcome.error
  return outcome.response
}

async function givenUp(outcome: Outcome, call: Call, floorMs: number, attempts: number): Promise<Response> {
  if ('error' in outcome) throw outcome.error
  const { response } = outcome
  if (response.status !== 429 && floorMs === 0) return response
  await discard(response)
  const again = floorMs === 0 ? '' : ` It says to come back in ${Math.ceil(floorMs / 1_000)} s.`
  const about = `${call.url.host} answered ${response.status}, ${attempts === 1 ? 'once' : `${attempts} times`}.${again}`
  const options = { status: response.status, effect: 'none', ...(floorMs > 0 && { retryAfterMs: floorMs }) } as const
  if (response.status !== 429) throw new HttpError('VENDOR_UNAVAILABLE', about, options)
  throw new HttpError(floorMs >= quotaWaitMs ? 'QUOTA_EXHAUSTED' : 'RATE_LIMITED', about, options)
}

/** Lets go of an answer that nobody reads, so that its connection is free again. */
async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {}) // It is cut off; all the better.
}
