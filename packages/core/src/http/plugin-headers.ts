import type { CredentialHeaders } from '../plugin/credential-method.ts'
import type { Send } from './call.ts'

/** The headers of a connection, its credentials bound. */
export type HeadersOf = (request: Parameters<CredentialHeaders<unknown>>[1]) => ReturnType<CredentialHeaders<unknown>>

/** Gives each attempt the connection's headers, made for it; what the call itself says goes before. */
export function withPluginHeaders(send: Send, headersOf: HeadersOf, isBelowBase: (url: URL) => boolean): Send {
  return async (call) => {
    const headers = new Headers({ 'user-agent': 'opslayer' })
    if (isBelowBase(call.url)) {
      const made = await headersOf({ method: call.method, url: new URL(call.url) })
      for (const [name, value] of Object.entries(made)) headers.set(name, value)
    }
    for (const [name, value] of call.headers) headers.set(name, value)
    return await send({ ...call, headers })
  }
}
