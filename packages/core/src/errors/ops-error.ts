import { errorCodes, type OpsErrorCode } from './error-codes.ts'

const brand = Symbol.for('@opslayer/core/OpsError')

/** Where in the input a fault lies: property names and array indexes, outermost first. */
export type OpsErrorPath = readonly (string | number)[]

/** One fault of an input that may have several. */
export interface OpsIssue {
  readonly code: OpsErrorCode
  /** What happened and what to do, for people. Holds no secret and at most a short excerpt of the value. */
  readonly message: string
  readonly path: OpsErrorPath
  /** The place in the text at the path, for formulas: in UTF-16 units from 0; `end` is the first unit after it. */
  readonly span?: { readonly start: number; readonly end: number }
}

export interface OpsErrorOptions {
  readonly cause?: unknown
  /** Where in the call's input the fault lies. */
  readonly path?: OpsErrorPath
  /** All faults found, where there can be several. */
  readonly issues?: readonly OpsIssue[]
}

/**
 * The one error class of opslayer. Read `code`, not the message; the message says what happened and what to do.
 *
 * @example
 * try {
 *   await acme.rows.update(leads.id, [{ id, version: 3, cells: { stage: 'won' } }])
 * } catch (error) {
 *   if (isOpsError(error, 'CONFLICT')) reload()
 *   else throw error
 * }
 */
export class OpsError extends Error {
  override readonly name: string = 'OpsError'
  readonly code: OpsErrorCode
  readonly path: OpsErrorPath
  readonly issues: readonly OpsIssue[]
  readonly [brand] = true

  constructor(code: OpsErrorCode, message: string, options: OpsErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.path = options.path ?? []
    this.issues = options.issues ?? []
  }

  /** Whether the same call may succeed later, unchanged. */
  get retryable(): boolean {
    return errorCodes[this.code].retryable
  }
}

/** Tells an {@link OpsError}, also across duplicate installs and realms; with `code`, one of that code. */
export function isOpsError(error: unknown, code?: OpsErrorCode): error is OpsError {
  return (
    typeof error === 'object' &&
    error !== null &&
    brand in error &&
    (code === undefined || (error as OpsError).code === code)
  )
}
