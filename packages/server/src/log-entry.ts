import type { OpsErrorCode } from '@opslayer/core'
import type { TRPCError } from '@trpc/server'
import { errorAnswers } from './error-codes.ts'
import { opsCodeOf } from './error-data.ts'

/** One line of the server's log: a call that ended. Holds no input and no output. */
export interface LogEntry {
  /** `warn` for calls refused or at fault, `error` for faults of the server. */
  readonly level: 'info' | 'warn' | 'error'
  readonly message: 'call' | 'refused'
  readonly requestId: string
  /** Path of the procedure, as `rows.page`; undefined for requests that asked for none that there is. */
  readonly procedure: string | undefined
  readonly orgId: string | undefined
  /** `user:u1` */
  readonly actor: string | undefined
  readonly durationMs: number
  readonly code: OpsErrorCode | undefined
  /** What the server's own fault was; clients are not told. */
  readonly error: unknown
}

/**
 * The host's logger.
 *
 * @example
 * log: ({ level, message, ...fields }) => pino[level](fields, message)
 */
export type Log = (entry: LogEntry) => void

/** The line of a request that reached no procedure. */
export function refusedRequest(error: TRPCError, requestId: string, path: string | undefined): LogEntry {
  const code = opsCodeOf(error)
  const isFault = errorAnswers[code].status >= 500
  return {
    level: isFault ? 'error' : 'warn',
    message: 'refused',
    requestId,
    procedure: path?.slice(0, 100).replace(/[^\w.,-]/g, '?'),
    orgId: undefined,
    actor: undefined,
    durationMs: 0,
    code,
    error: isFault ? error : undefined,
  }
}
