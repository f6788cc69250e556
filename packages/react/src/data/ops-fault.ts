/** What went wrong in a call, from whatever was thrown. */
export interface OpsFault {
  /** A code of the server's closed table, or `OFFLINE` where no answer came. */
  readonly code: string
  /** A sentence for the user. */
  readonly message: string
  /** Whether the same call, unchanged, may succeed later. */
  readonly retryable: boolean
  /** Where in the call's input the fault lies. */
  readonly path: readonly (string | number)[]
  /** All faults, where there can be several. */
  readonly issues: readonly OpsIssue[]
  /** Names the request in the server's log. */
  readonly requestId: string | null
}

export interface OpsIssue {
  readonly path: readonly (string | number)[]
  readonly message: string
}

interface ThrownByTrpc {
  readonly message?: unknown
  readonly data?: {
    readonly ops?: {
      readonly code?: string
      readonly retryable?: boolean
      readonly path?: OpsFault['path']
      readonly issues?: OpsFault['issues']
      readonly requestId?: string
    }
  } | null
}

/** Reads what the host's tRPC client threw. */
export function opsFault(error: unknown): OpsFault {
  const { message, data } = Object(error) as ThrownByTrpc
  const ops = data?.ops
  const text = typeof message === 'string' && message !== '' ? message : String(error)
  if (ops?.code !== undefined) {
    const { code, retryable = false, path = [], issues = [], requestId = null } = ops
    return { code, message: text, retryable, path, issues, requestId }
  }
  const isUnanswered = data === undefined || data === null
  return {
    code: isUnanswered ? 'OFFLINE' : 'INTERNAL',
    message: text,
    retryable: isUnanswered,
    path: [],
    issues: [],
    requestId: null,
  }
}
