import type { Call, Send } from './call.ts'
import { toHttpError } from './network-errors.ts'

/** The part of `fetch` that calls go out by. */
export type NetworkFetch = (
  url: URL,
  init: {
    readonly method: string
    readonly headers: Headers
    readonly body: NonNullable<Call['body']> | null
    readonly signal: AbortSignal
    readonly redirect: 'manual'
  },
) => Promise<Response>

export interface NetworkOptions {
  /** For origins that the plugin or the host names. */
  readonly trusted: NetworkFetch
  /** For all others. */
  readonly guarded: NetworkFetch
  readonly isTrusted: (url: URL) => boolean
}

const hopsAtMost = 5

/** Headers that may go along to another origin than the one that they were made for. */
const harmlessHeaders = ['accept', 'accept-language', 'content-type', 'user-agent']

/** Sends a call for good, and follows redirects: each hop is judged like a first address. */
export function overNetwork({ trusted, guarded, isTrusted }: NetworkOptions): Send {
  return async (call) => {
    let { url, method, headers, body } = call
    for (let hop = 0; ; hop += 1) {
      const send = isTrusted(url) ? trusted : guarded
      const init = { method, headers, body, signal: call.signal, redirect: 'manual' } as const
      const response = await send(url, init).catch((error) => Promise.reject(toHttpError(error, url, call.signal)))
      const target = hop < hopsAtMost ? redirectTarget(response, url) : undefined
      if (target === undefined) return response
      await response.body?.cancel().catch(() => {}) // Cut off; nobody wants it.
      const { status } = response
      if ((status === 303 && method !== 'HEAD') || ((status === 301 || status === 302) && method === 'POST')) {
        method = 'GET'
        body = null
      }
      if (target.origin !== url.origin) headers = only(headers, harmlessHeaders)
      url = target
    }
  }
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

function redirectTarget(response: Response, from: URL): URL | undefined {
  const location = redirects.has(response.status) ? response.headers.get('location') : null
  return location !== null && URL.canParse(location, from) ? new URL(location, from) : undefined
}

function only(headers: Headers, names: readonly string[]): Headers {
  return new Headers([...headers].filter(([name]) => names.includes(name)))
}
