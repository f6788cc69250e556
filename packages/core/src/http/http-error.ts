import type { SentCalls } from '../connections/sent-calls.ts'
import type { OpsErrorCode } from '../errors/error-codes.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { PluginError, type PluginErrorCode, type PluginErrorOptions } from '../plugin/plugin-error.ts'

export interface HttpErrorOptions extends PluginErrorOptions {
  readonly effect: 'none' | 'unknown'
}

/**
 * A call that did not come to an answer. An answer, also one of a status such as 404, is no error.
 *
 * The message names the host and holds neither address, header nor body.
 */
export class HttpError extends PluginError {
  override readonly name = 'HttpError'
  /** Whether the vendor may have acted on the call: `none` if it certainly did not. */
  readonly effect: 'none' | 'unknown'

  constructor(code: PluginErrorCode, message: string, options: HttpErrorOptions) {
    super(code, message, options)
    this.effect = options.effect
  }
}

export function isHttpError(error: unknown): error is HttpError {
  return isOpsError(error) && error.name === 'HttpError'
}

/** Whether a plugin's function ended because its first request would not have had its turn in time: nothing went out. */
export function isOutOfTurn(error: unknown, sent: Pick<SentCalls, 'ids'>): error is HttpError {
  return isHttpError(error) && error.code === 'RATE_LIMITED' && sent.ids.length === 0
}

/** Errors that say nothing of what the vendor did: the plugin made nothing of its answer, or did not wait for it. */
const silentCodes: readonly OpsErrorCode[] = ['TIMEOUT', 'PLUGIN_FAILED', 'VENDOR_ANSWER_INVALID']

/** Whether the vendor may have acted though a call of a plugin's function ended by an error, by that and by what it sent. */
export function mayHaveActed(error: unknown, sent: Pick<SentCalls, 'mayHaveActed'>): boolean {
  const isSilent = isHttpError(error)
    ? error.effect === 'unknown'
    : isOpsError(error) && silentCodes.includes(error.code)
  return isSilent && sent.mayHaveActed()
}
