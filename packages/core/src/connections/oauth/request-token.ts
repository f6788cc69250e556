import type { OAuth2Method } from '../../plugin/credential-method.ts'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import type { ConnectionEnv } from '../connection-env.ts'
import { readTokenAnswer, type TokenAnswer } from './token-answer.ts'

export interface TokenRequest {
  readonly orgId: string
  readonly plugin: AnyPlugin
  readonly method: OAuth2Method<unknown>
  readonly connectionId: string | null
  /** Beside the client's own. */
  readonly fields: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

const tokenTimeoutMs = 20_000

/** @throws PluginError as {@link readTokenAnswer}; whatever the fetch throws */
export async function requestToken(env: ConnectionEnv, request: TokenRequest): Promise<TokenAnswer> {
  const response = await postForm(env, request, request.method.tokenUrl)
  return await readTokenAnswer(request.plugin.facts.name, response)
}

/** Tells the vendor that a token is no longer wanted (RFC 7009). */
export async function revokeToken(env: ConnectionEnv, request: TokenRequest): Promise<void> {
  if (request.method.revokeUrl !== undefined) await postForm(env, request, request.method.revokeUrl)
}

async function postForm(env: ConnectionEnv, request: TokenRequest, address: string): Promise<Response> {
  const { orgId, plugin, method, connectionId, fields, signal } = request
  const { clientId, clientAuthentication } = method
  const clientSecret = method.clientSecret?.reveal()
  const basic = clientAuthentication === 'basic' && clientSecret !== undefined
  const form = new URLSearchParams(fields)
  if (!basic) {
    form.set('client_id', clientId)
    if (clientSecret !== undefined) form.set('client_secret', clientSecret)
  }
  const send = env.fetchFor({
    orgId,
    pluginId: plugin.id,
    connectionId,
    // The author named the address, so it is trusted as much as the plugin's own.
    baseUrl: new URL(address).origin,
    rateLimits: [],
    secrets: [...Object.values(fields), clientSecret].filter((text) => text !== undefined),
    signal,
  })
  return await send(address, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(basic ? { authorization: basicHeader(clientId, clientSecret) } : {}),
    },
    body: form.toString(),
    // A code or a rotating refresh token is good for one use.
    idempotent: false,
    timeoutMs: tokenTimeoutMs,
  })
}

/** RFC 6749, 2.3.1: both are form-encoded before they are joined. */
function basicHeader(id: string, secret: string): string {
  const encoded = [id, secret].map((text) => new URLSearchParams({ x: text }).toString().slice(2))
  return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`
}
