import type { AuditInput, OpsErrorCode } from '@opslayer/core'
import type { TRPCError } from '@trpc/server'
import type { Identity } from './actor.ts'
import { errorAnswers } from './error-codes.ts'
import { opsCodeOf } from './error-data.ts'

/** One line of the server's log: a call that ended, or an answer that broke off after it. Holds no input and no output. */
export interface LogEntry {
  /** `warn` for calls refused or at fault, `error` for faults of the server. */
  readonly level: 'info' | 'warn' | 'error'
  readonly message: 'call' | 'refused' | 'broken off' | 'audit failed'
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

interface EndedCall {
  readonly requestId: string
  readonly procedure: string
  readonly identity: Identity | undefined
  readonly durationMs: number
  readonly failure: TRPCError | undefined
}

export function logOfCall({ requestId, procedure, identity, durationMs, failure }: EndedCall): LogEntry {
  const code = failure === undefined ? undefined : opsCodeOf(failure)
  const isFault = code !== undefined && errorAnswers[code].status >= 500
  return {
    level: isFault ? 'error' : code === undefined ? 'info' : 'warn',
    message: code === 'FORBIDDEN' || code === 'UNAUTHENTICATED' ? 'refused' : 'call',
    requestId,
    procedure,
    orgId: identity?.orgId,
    actor: identity === undefined ? undefined : `${identity.actor.type}:${identity.actor.id}`,
    durationMs: Math.round(durationMs * 10) / 10,
    code,
    error: isFault ? failure : undefined,
  }
}

/** The line of an answer that broke off while it was sent: the line of its call has said that all is well. */
export function brokenOff(call: EndedCall): LogEntry {
  return { ...logOfCall(call), message: 'broken off' }
}

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

/** The line for an entry of the audit log that could not be written. */
export function auditFailed(error: unknown, { action, requestId = '' }: AuditInput, identity: Identity): LogEntry {
  return {
    level: 'error',
    message: 'audit failed',
    requestId,
    procedure: action,
    orgId: identity.orgId,
    actor: `${identity.actor.type}:${identity.actor.id}`,
    durationMs: 0,
    code: undefined,
    error,
  }
}
