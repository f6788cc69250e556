import {
  errorCodes,
  isOpsError,
  type OpsError,
  type OpsErrorCode,
  type OpsErrorPath,
  type OpsIssue,
} from '@opslayer/core'
import { type KnownSentence, readSentence, say } from '@opslayer/core/sentences'
import { TRPCError } from '@trpc/server'
import { codesOfTrpc, errorAnswers } from './error-codes.ts'

/** A fault, and which sentence of the table its message is; null for the words of vendors and rules. */
export interface SaidIssue extends OpsIssue {
  readonly said: KnownSentence | null
}

/** What a client learns of a failed call: `error.data.ops`. */
export interface OpsErrorData {
  readonly code: OpsErrorCode
  /** Whether the same call, unchanged, may succeed later. */
  readonly retryable: boolean
  /** Where in the call's input the fault lies. */
  readonly path: OpsErrorPath
  /** All faults, where there can be several. */
  readonly issues: readonly SaidIssue[]
  /** Which sentence of the table the message is, so that it can be said in another language; null if it is none. */
  readonly said: KnownSentence | null
  /** Names the request in the server's log. */
  readonly requestId: string
}

/** Anything thrown, as the error that tRPC answers with; what it was is kept as its cause. */
export function trpcErrorOf(error: unknown): TRPCError {
  if (error instanceof TRPCError) return isOpsError(error.cause) ? trpcErrorOf(error.cause) : error
  if (isOpsError(error))
    return new TRPCError({ code: errorAnswers[error.code].trpc, message: error.message, cause: error })
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'A fault in the server.', cause: error })
}

/** The code that an error goes by towards clients. */
export function opsCodeOf(error: unknown): OpsErrorCode {
  if (isOpsError(error)) return error.code
  if (!(error instanceof TRPCError)) return 'INTERNAL'
  return isOpsError(error.cause) ? error.cause.code : (codesOfTrpc[error.code] ?? 'INTERNAL')
}

/** The message for whoever called: the error's own, unless it concerns the operator alone. */
export function publicMessage(error: TRPCError, requestId: string): string {
  if (errorAnswers[opsCodeOf(error)].told) return error.message
  return say(
    'This did not work because of a fault in the server. Try again later; to report it, give the request id {id}.',
    { id: requestId },
  )
}

export function errorDataOf(error: TRPCError, requestId: string): OpsErrorData {
  const code = opsCodeOf(error)
  const cause: OpsError | undefined = isOpsError(error.cause) && errorAnswers[code].told ? error.cause : undefined
  return {
    code,
    retryable: errorCodes[code].retryable,
    path: cause?.path ?? [],
    issues: (cause?.issues ?? []).map((issue) => ({ ...issue, said: readSentence(issue.message) })),
    said: readSentence(publicMessage(error, requestId)),
    requestId,
  }
}
