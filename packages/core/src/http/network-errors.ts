import { isOpsError, type OpsError } from '../errors/ops-error.ts'
import { HttpError } from './http-error.ts'

/** What happens before the first byte of a request goes out. */
const unsentCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Says what went wrong below HTTP, and whether the request can have arrived. The signal's reason stays as it is. */
export function toHttpError(error: unknown, url: URL, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  const causes = causesOf(error)
  const own = causes.find((cause): cause is OpsError => isOpsError(cause))
  if (own !== undefined) return own
  const code = causes.map(codeOf).find((each) => each !== undefined)
  const unsent = causes.some((cause) => isUnsent(cause))
  const what = unsent
    ? 'could not be reached'
    : 'broke off before it answered, so that it is unknown whether it did what it was asked for'
  const about = `${url.host} ${what}${code === undefined ? '' : ` (${code})`}.`
  return new HttpError('VENDOR_UNAVAILABLE', about, { cause: error, effect: unsent ? 'none' : 'unknown' })
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = []
  for (let each = error; each instanceof Error && causes.length < 5; each = each.cause) causes.push(each)
  return causes
}

function codeOf(cause: unknown): string | undefined {
  const code = (cause as { readonly code?: unknown }).code
  return typeof code === 'string' ? code : undefined
}

function isUnsent(cause: unknown): boolean {
  const code = codeOf(cause)
  if (code !== undefined && (unsentCodes.has(code) || code.startsWith('ERR_TLS') || /CERT|SELF_SIGNED/.test(code))) {
    return true
  }
  // A connection that was open and closed before anything was written to it.
  return (cause as { readonly socket?: { readonly bytesWritten?: unknown } }).socket?.bytesWritten === 0
}
