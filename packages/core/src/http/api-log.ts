import { newCallId } from '../catalog/new-id.ts'
import type { SentCall } from '../connections/sent-calls.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { withoutSecrets } from '../secrets/without-secrets.ts'
import type { Send } from './call.ts'
import type { CallLog } from './call-log.ts'
import { isHttpError } from './http-error.ts'
import type { StartSpan } from './spans.ts'

/** What the log says of all calls of a fetch. */
export interface LoggedParty {
  readonly orgId: string
  readonly pluginId: string
  readonly connectionId: string | null
  readonly runId: string | null
  readonly secrets: readonly string[]
}

/** Who is told of a request. */
interface CallListeners {
  readonly log: CallLog
  readonly startSpan: StartSpan
  readonly onCall: ((call: SentCall) => void) | undefined
}

/** By these headers vendors name a request, for questions to their support. */
const requestIdHeaders = ['x-request-id', 'request-id', 'x-amzn-requestid', 'x-correlation-id', 'cf-ray'] as const

const longestRequestId = 100

/** Notes each request that goes out, and gives it a span: what, where, how it ended, how long it took. */
export function withApiLog(send: Send, party: LoggedParty, { log, startSpan, onCall }: CallListeners): Send {
  const { orgId, secrets, ...who } = party
  return async (call) => {
    const { method, route, attempt } = call
    const { host } = call.url
    const about = { ...who, method, host, route, attempt }
    const span = startSpan(about)
    const began = performance.now()
    const id = newCallId()
    const sent: SentCall = { id, mayHaveActed: true }
    onCall?.(sent)
    const note = (end: { status: number | null; error: string | null; requestId: string | null }): void => {
      log.note(orgId, { ...about, ...end, id, ms: performance.now() - began })
      span.end(end)
    }
    try {
      const response = await send(call)
      const { status, headers } = response
      sent.mayHaveActed = mayHaveActedBy(status)
      const requestId = requestIdHeaders.map((name) => headers.get(name)).find((id) => id !== null) ?? null
      const shown = requestId === null ? null : withoutSecrets(requestId, secrets).slice(0, longestRequestId)
      note({ status, error: null, requestId: shown })
      return response
    } catch (error) {
      if (isHttpError(error)) sent.mayHaveActed = error.effect === 'unknown'
      else if (isOpsError(error, 'URL_REFUSED')) sent.mayHaveActed = false
      const code = call.signal.aborted && !isOpsError(error) ? 'CANCELLED' : isOpsError(error) ? error.code : 'INTERNAL'
      note({ status: null, error: code, requestId: null })
      throw error
    }
  }
}

/** Whether a vendor that gives this answer may have acted: it has not where it says that the call is at fault. */
function mayHaveActedBy(status: number): boolean {
  return status < 400 || status >= 500
}
