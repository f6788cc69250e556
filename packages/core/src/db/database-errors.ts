import type { OpsErrorCode } from '../errors/error-codes.ts'
import { isOpsError, OpsError } from '../errors/ops-error.ts'
import { quoteIdentifier } from './quote.ts'
import type { Roles } from './roles.ts'

/** Fields that PostgreSQL sends with an error and that are safe to read. */
interface PostgresError extends Error {
  readonly code: string
  readonly constraint?: string
}

/** A SQLSTATE. None of PostgreSQL's classes begins with E, as the names of the operating system's errors do: `EPIPE`, `E2BIG`. */
const sqlState = /^[0-9A-DF-Z][0-9A-Z]{4}$/

export function isPostgresError(error: unknown, ...sqlStates: string[]): error is PostgresError {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false
  return sqlState.test(error.code) && (sqlStates.length === 0 || sqlStates.includes(error.code))
}

/** SQLSTATEs with a meaning of their own; the messages leave out PostgreSQL's, which may quote row content. */
const known: Readonly<Record<string, readonly [OpsErrorCode, string]>> = {
  '57014': [
    'TIMEOUT',
    'The statement ran longer than its time limit and was ended. Narrow the filter, or raise the limit.',
  ],
  '23505': [
    'UNIQUE_VIOLATION',
    'Another row holds the same key already. External keys are unique per source: use upsert to update the row.',
  ],
  '55P03': ['CONTENTION', 'Something else holds a lock on the table. Try again.'],
  '40001': ['CONTENTION', 'Two transactions changed the same rows. Try again.'],
  '40P01': ['CONTENTION', 'Two transactions waited for each other and this one was ended. Try again.'],
  '28P01': ['DATABASE_UNSUITABLE', 'The database refused the password. Check the connection string.'],
  '28000': ['DATABASE_UNSUITABLE', 'The database refused the login role. Check the connection string and pg_hba.conf.'],
  '3D000': ['DATABASE_UNSUITABLE', 'The server has no database of that name. Check the connection string.'],
  '25006': [
    'DATABASE_UNSUITABLE',
    'The database is read-only (a standby, perhaps). Connect to the server that takes writes.',
  ],
  '25P03': [
    'DATABASE_UNAVAILABLE',
    'The server ended the transaction because it had been idle for too long. Try again.',
  ],
  '53200': ['DATABASE_UNAVAILABLE', 'The database is out of memory or locks. Try again.'],
  '53300': ['DATABASE_UNAVAILABLE', 'The database has no free connection.'],
  '57P01': ['DATABASE_UNAVAILABLE', 'The database was shut down. Try again when it is back.'],
  '57P02': ['DATABASE_UNAVAILABLE', 'The database crashed and restarts. Try again.'],
  '57P05': ['DATABASE_UNAVAILABLE', 'The server closed the connection because it had been idle. Try again.'],
  '57P03': ['DATABASE_UNAVAILABLE', 'The database is starting up. Try again.'],
  '53100': ['DATABASE_UNAVAILABLE', 'The disk of the database is full. Free some space and try again.'],
  '42501': [
    'DATABASE_UNSUITABLE',
    'The database role lacks a right that opslayer needs; the cause says which. Run `await ops.migrate()`, which makes the rights or says how.',
  ],
}

/** Codes of Node's network errors that mean the database cannot be reached. */
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENOENT'])

/** What `pg` and its pool say, without a code, of a connection that is gone or was not to be had. */
const lostConnection =
  /^Connection terminated|^timeout e(xceeded|xpired)|^Client (was closed|has encountered a connection error)|^Cannot use a pool after/

/**
 * An error of the message that opens a transaction. Nobody has migrated yet where the catalog, or a role, is not there.
 * Where the role cannot be dropped opslayer does not work: the walls between orgs would not stand.
 */
export function envelopeError(error: unknown, roles: Roles): unknown {
  if (isPostgresError(error, '42501')) {
    return new OpsError(
      'DATABASE_UNSUITABLE',
      `The role that opslayer connects as may not switch to the roles that keep orgs apart. Let an administrator run: grant ${quoteIdentifier(roles.org)}, ${quoteIdentifier(roles.system)} to that role.`,
      { cause: error },
    )
  }
  if (isPostgresError(error, '42704', '22023', '3F000', '42P01', '42703')) {
    return new OpsError(
      'SCHEMA_MISSING',
      'The database has no opslayer catalog, or an older one. Call `await ops.migrate()` once at start-up.',
      { cause: error },
    )
  }
  return error
}

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
    if (code === 'ERR_INVALID_URL') {
      // Without the cause, which holds the whole string with its password.
      return new OpsError(
        'INVALID_INPUT',
        'The connection string is not well-formed. It should look like postgres://user:password@host:5432/database.',
        { path: ['database'] },
      )
    }
    if (unreachable.has(code) || lostConnection.test(error.message)) {
      return new OpsError(
        'DATABASE_UNAVAILABLE',
        'The database cannot be reached. Check that it runs and that the connection string is right.',
        { cause: error },
      )
    }
  }
  return new OpsError('INTERNAL', 'Something in opslayer failed unexpectedly; the cause says what.', { cause: error })
}
