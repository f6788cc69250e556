import type { OpsErrorCode } from '../errors/error-codes.ts'
import { isOpsError, OpsError } from '../errors/ops-error.ts'

/** Fields that PostgreSQL sends with an error and that are safe to read. */
interface PostgresError extends Error {
  readonly code: string
  readonly constraint?: string
}

export function isPostgresError(error: unknown, ...sqlStates: string[]): error is PostgresError {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false
  return /^[0-9A-Z]{5}$/.test(error.code) && (sqlStates.length === 0 || sqlStates.includes(error.code))
}

/** SQLSTATEs with a meaning of their own; the messages leave out PostgreSQL's, which may quote row content. */
const known: Readonly<Record<string, readonly [OpsErrorCode, string]>> = {
  '57014': [
    'TIMEOUT',
    'The statement ran longer than its time limit and was ended. Narrow the filter, or raise the limit.',
  ],
  '55P03': ['CONTENTION', 'Something else holds a lock on the table. Try again.'],
  '40001': ['CONTENTION', 'Two transactions changed the same rows. Try again.'],
  '40P01': ['CONTENTION', 'Two transactions waited for each other and this one was ended. Try again.'],
  '53300': ['DATABASE_UNAVAILABLE', 'The database has no free connection.'],
  '57P01': ['DATABASE_UNAVAILABLE', 'The database was shut down. Try again when it is back.'],
  '57P03': ['DATABASE_UNAVAILABLE', 'The database is starting up. Try again.'],
  '53100': ['DATABASE_UNAVAILABLE', 'The disk of the database is full. Free some space and try again.'],
  '42501': [
    'DATABASE_UNSUITABLE',
    'The database role lacks a right that opslayer needs. Run `opslayer doctor` to see which.',
  ],
}

/** Codes of Node's network errors that mean the database cannot be reached. */
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENOENT'])

/** Turns whatever a database call threw into an {@link OpsError}, keeping it as the cause. */
export function toOpsError(error: unknown): OpsError {
  if (isOpsError(error)) return error
  if (isPostgresError(error)) {
    const entry = known[error.code]
    if (entry !== undefined) return new OpsError(entry[0], entry[1], { cause: error })
    if (error.code.startsWith('08'))
      return new OpsError('DATABASE_UNAVAILABLE', 'The connection to the database was lost.', { cause: error })
    return new OpsError(
      'INTERNAL',
      `The database refused a statement (SQLSTATE ${error.code}). This is a fault in opslayer.`,
      { cause: error },
    )
  }
  if (error instanceof Error) {
    const code = 'code' in error ? String(error.code) : ''
    if (unreachable.has(code) || /^Connection terminated/.test(error.message)) {
      return new OpsError(
        'DATABASE_UNAVAILABLE',
        'The database cannot be reached. Check that it runs and that the connection string is right.',
        { cause: error },
      )
    }
  }
  return new OpsError('INTERNAL', 'Something in opslayer failed unexpectedly; the cause says what.', { cause: error })
}
