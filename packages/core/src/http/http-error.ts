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

/** Whether the vendor may have acted on a call that ended so: no answer came, or none in the time that it may take. */
export function mayHaveActed(error: unknown): boolean {
  return isHttpError(error) ? error.effect === 'unknown' : isOpsError(error, 'TIMEOUT')
}
