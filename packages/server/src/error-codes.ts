import type { OpsErrorCode } from '@opslayer/core'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'

interface ErrorAnswer {
  readonly trpc: TRPC_ERROR_CODE_KEY
  /** HTTP status, the one that tRPC gives to its code. */
  readonly status: number
  /** Whether the message is for whoever called; what concerns the operator alone is told in the log. */
  readonly told: boolean
}

const told = (trpc: TRPC_ERROR_CODE_KEY, status: number): ErrorAnswer => ({ trpc, status, told: true })
const untold = (trpc: TRPC_ERROR_CODE_KEY, status: number): ErrorAnswer => ({ trpc, status, told: false })

/** How each way to fail is answered. */
export const errorAnswers = {
  INVALID_INPUT: told('BAD_REQUEST', 400),
  INVALID_VALUE: told('UNPROCESSABLE_CONTENT', 422),
  INVALID_QUERY: told('BAD_REQUEST', 400),
  LIMIT_EXCEEDED: told('UNPROCESSABLE_CONTENT', 422),
  NOT_FOUND: told('NOT_FOUND', 404),
  ALREADY_EXISTS: told('CONFLICT', 409),
  CONFLICT: told('CONFLICT', 409),
  UNIQUE_VIOLATION: told('CONFLICT', 409),
  RULE_VIOLATION: told('UNPROCESSABLE_CONTENT', 422),
  FORMULA_INVALID: told('UNPROCESSABLE_CONTENT', 422),
  FORMULA_CYCLE: told('UNPROCESSABLE_CONTENT', 422),
  COMPUTED_COLUMN: told('UNPROCESSABLE_CONTENT', 422),
  COLUMN_IN_USE: told('CONFLICT', 409),
  LOCKED: told('PRECONDITION_FAILED', 412),
  ORG_UNAVAILABLE: told('SERVICE_UNAVAILABLE', 503),
  UNAUTHENTICATED: told('UNAUTHORIZED', 401),
  FORBIDDEN: told('FORBIDDEN', 403),
  RATE_LIMITED: told('TOO_MANY_REQUESTS', 429),
  QUOTA_EXHAUSTED: told('TOO_MANY_REQUESTS', 429),
  VENDOR_UNAVAILABLE: told('SERVICE_UNAVAILABLE', 503),
  URL_REFUSED: told('UNPROCESSABLE_CONTENT', 422),
  UNDO_UNAVAILABLE: told('CONFLICT', 409),
  CHANGES_PRUNED: told('PRECONDITION_FAILED', 412),
  TIMEOUT: told('GATEWAY_TIMEOUT', 504),
  STORAGE_FULL: untold('SERVICE_UNAVAILABLE', 503),
  CONTENTION: told('SERVICE_UNAVAILABLE', 503),
  NESTED_TRANSACTION: untold('INTERNAL_SERVER_ERROR', 500),
  DATABASE_UNAVAILABLE: untold('SERVICE_UNAVAILABLE', 503),
  DATABASE_UNSUITABLE: untold('INTERNAL_SERVER_ERROR', 500),
  EMBEDDED_RESTARTED: told('SERVICE_UNAVAILABLE', 503),
  EMBEDDED_LOCKED: untold('SERVICE_UNAVAILABLE', 503),
  SCHEMA_MISSING: untold('INTERNAL_SERVER_ERROR', 500),
  SCHEMA_NEWER: untold('INTERNAL_SERVER_ERROR', 500),
  UNSUPPORTED: told('UNPROCESSABLE_CONTENT', 422),
  INTERNAL: untold('INTERNAL_SERVER_ERROR', 500),
} as const satisfies Record<OpsErrorCode, ErrorAnswer>

/** The code of an error that tRPC itself made: an unknown procedure, a body that is no JSON. */
export const codesOfTrpc: Readonly<Partial<Record<TRPC_ERROR_CODE_KEY, OpsErrorCode>>> = {
  PARSE_ERROR: 'INVALID_INPUT',
  BAD_REQUEST: 'INVALID_INPUT',
  UNSUPPORTED_MEDIA_TYPE: 'INVALID_INPUT',
  METHOD_NOT_SUPPORTED: 'INVALID_INPUT',
  UNPROCESSABLE_CONTENT: 'INVALID_INPUT',
  PAYLOAD_TOO_LARGE: 'LIMIT_EXCEEDED',
  UNAUTHORIZED: 'UNAUTHENTICATED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  TOO_MANY_REQUESTS: 'RATE_LIMITED',
}
