import type { OpsErrorCode } from '@opslayer/core'
import type { ProcedureName } from './roles.ts'

/** One line of the server's log: a call that ended. Holds no input and no output. */
export interface LogEntry {
  /** `warn` for calls refused or at fault, `error` for faults of the server. */
  readonly level: 'info' | 'warn' | 'error'
  readonly message: 'call' | 'refused'
  readonly requestId: string
  readonly procedure: ProcedureName
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
