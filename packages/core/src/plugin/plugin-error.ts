import { OpsError, type OpsErrorOptions } from '../errors/ops-error.ts'

/**
 * What a plugin throws, and what the engine then does:
 * - `CREDENTIALS_REFUSED`: the connection is marked, its runs pause
 * - `QUOTA_EXHAUSTED`: the run pauses, until `retryAfterMs` has passed where that is known
 * - `RATE_LIMITED`, `VENDOR_UNAVAILABLE`: tried again later, not before `retryAfterMs`
 * - `VENDOR_REFUSED`, `VENDOR_ANSWER_INVALID`: the cell or row has failed
 */
export type PluginErrorCode =
  | 'CREDENTIALS_REFUSED'
  | 'QUOTA_EXHAUSTED'
  | 'RATE_LIMITED'
  | 'VENDOR_UNAVAILABLE'
  | 'VENDOR_REFUSED'
  | 'VENDOR_ANSWER_INVALID'

export interface PluginErrorOptions extends OpsErrorOptions {
  /** Of the vendor's answer. */
  readonly status?: number
  /** The least time to wait, in milliseconds. */
  readonly retryAfterMs?: number
}

/**
 * A failure at the vendor's.
 *
 * @example
 * if (answer.status === 402) throw new PluginError('QUOTA_EXHAUSTED', 'Reoon has no credits left. Buy some, then resume.')
 */
export class PluginError extends OpsError {
  override readonly name: string = 'PluginError'
  declare readonly code: PluginErrorCode
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined

  constructor(code: PluginErrorCode, message: string, options: PluginErrorOptions = {}) {
    super(code, message, options)
    this.status = options.status
    this.retryAfterMs = options.retryAfterMs
  }
}
