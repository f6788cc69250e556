import type { RunHalt } from '../catalog/run-claims.repository.ts'
import type { OpsError } from '../errors/ops-error.ts'
import { PluginError } from '../plugin/plugin-error.ts'

/** Waits of one to 900 seconds, an hour and a half in all, after which a vendor that is away is given up. */
const mostAttempts = 14
const longestWaitMs = 900_000

/**
 * How a run goes on after what a plugin threw: it waits for a vendor that is away, and pauses for credentials and quotas.
 *
 * @param attempts claims since the last step that was committed, this one included
 * @returns undefined if it has failed
 */
export function haltAfter(error: OpsError, attempts: number): RunHalt | undefined {
  if (!(error instanceof PluginError)) return undefined
  const { code, message, retryAfterMs = 0 } = error
  const told = { code, message }
  if (code === 'CREDENTIALS_REFUSED') return { state: 'paused', afterMs: null, error: told, attempt: 0 }
  if (code === 'QUOTA_EXHAUSTED') {
    return { state: 'paused', afterMs: retryAfterMs > 0 ? retryAfterMs : null, error: told, attempt: 0 }
  }
  if ((code !== 'RATE_LIMITED' && code !== 'VENDOR_UNAVAILABLE') || attempts > mostAttempts) return undefined
  const backoffMs = Math.min(longestWaitMs, 1_000 * 2 ** Math.max(0, attempts - 1))
  return { state: 'queued', afterMs: Math.max(retryAfterMs, backoffMs), error: told, attempt: attempts }
}
