import type { SentenceText } from '@opslayer/core/sentences'

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
  readonly name?: unknown
  readonly message?: unknown
  readonly cause?: unknown
  readonly meta?: { readonly response?: unknown } | undefined
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

const unanswered = 'The server did not answer. Try again in a moment.' satisfies SentenceText
const misled = 'Something else answered in place of the server. Try again in a moment.' satisfies SentenceText

/** Reads what the host's tRPC client threw. */
export function opsFault(error: unknown): OpsFault {
  const thrown = Object(error) as ThrownByTrpc
  const { message, data } = thrown
  const ops = data?.ops
  const text = typeof message === 'string' && message !== '' ? message : String(error)
  if (ops?.code !== undefined) {
    const { code, retryable = false, path = [], issues = [], requestId = null } = ops
    return { code, message: text, retryable, path, issues, requestId }
  }
  const isUnanswered = data === undefined || data === null
  return {
    code: isUnanswered ? 'OFFLINE' : 'INTERNAL',
    message: isUnanswered && thrown.name === 'TRPCClientError' ? withoutAnswer(thrown) : text,
    retryable: isUnanswered,
    path: [],
    issues: [],
    requestId: null,
  }
}

/** Browsers and clients say it in words of their own, which are for those who build pages. */
function withoutAnswer({ cause, meta }: ThrownByTrpc): string {
  // That of a proxy, say, or a page to sign in: it is no JSON, or not the server's.
  const isMisled = cause instanceof SyntaxError || meta?.response !== undefined
  return isMisled ? misled : unanswered
}
