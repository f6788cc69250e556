import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Grant {
  readonly challenge: string | null
  readonly redirectUri: string
}

/** A vendor with OAuth 2 and API keys, on a port of this machine. */
export interface OAuthVendor extends AsyncDisposable {
  readonly origin: string
  /** API keys that it takes. */
  readonly keys: Set<string>
  /** Requests to the token endpoint, by grant type; and what was revoked. */
  readonly counts: { code: number; refresh: number; revoked: number }
  /** How long new access tokens are said to live, in seconds; they live until somebody ends them. */
  lifetime: number
  /** Ends all access, as a user does in the vendor's settings. */
  revokeAll(): void
  /** Ends the access tokens alone, before their time. */
  endTokens(): void
  /** Makes the token endpoint fail with this status. */
  failWith: number | undefined
  /** Bodies of all requests, and their addresses. */
  readonly seen: string[]
  /** What a person at the consent screen does: agrees. @returns what the browser comes back with */
  consent(url: string): Promise<{ readonly code: string; readonly state: string }>
}

export async function startOAuthVendor(): Promise<OAuthVendor> {
  const codes = new Map<string, Grant>()
  const access = new Set<string>()
  const refreshes = new Set<string>()
  const state = { lifetime: 3_600, failWith: undefined as number | undefined }
  const counts = { code: 0, refresh: 0, revoked: 0 }
  const keys = new Set<string>()
  const seen: string[] = []

  const issue = (): object => {
    const accessToken = `at-${randomBytes(16).toString('hex')}`
    const refreshToken = `rt-${randomBytes(16).toString('hex')}`
    access.add(accessToken)
    refreshes.add(refreshToken)
    return {
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: state.lifetime,
      token_type: 'bearer',
      hub_id: 42,
    }
  }

  function token(form: URLSearchParams): [status: number, body: object] {
    if (form.get('client_id') !== 'client' || form.get('client_secret') !== clientSecret)
      return [401, { error: 'invalid_client' }]
    if (form.get('grant_type') === 'authorization_code') {
      counts.code += 1
      const grant = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      const isGood = grant?.challenge === challenge && grant.redirectUri === form.get('redirect_uri')
      return isGood ? [200, issue()] : [400, { error: 'invalid_grant' }]
    }
    counts.refresh += 1
    if (state.failWith !== undefined) return [state.failWith, {}]
    // Rotating: each is good once.
    if (!refreshes.delete(form.get('refresh_token') ?? ''))
      return [400, { status: 'BAD_REFRESH_TOKEN', error: 'invalid_grant' }]
    return [200, issue()]
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://vendor')
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push(`${request.method} ${request.url} ${body}`)
    const send = (status: number, content: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content))
    }
    if (url.pathname === '/token') return send(...token(new URLSearchParams(body)))
    if (url.pathname === '/revoke') {
      counts.revoked += 1
      return send(200, {})
    }
    const bearer = request.headers.authorization?.replace('Bearer ', '') ?? ''
    if (!keys.has(bearer) && !access.has(bearer)) return send(401, { error: 'unauthorized' })
    send(200, { account: 'acc_1', name: 'Acme at vendor', campaigns: ['Spring', 'Autumn'] })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    keys,
    counts,
    seen,
    get lifetime() {
      return state.lifetime
    },
    set lifetime(seconds) {
      state.lifetime = seconds
    },
    get failWith() {
      return state.failWith
    },
    set failWith(status) {
      state.failWith = status
    },
    endTokens: () => access.clear(),
    revokeAll: () => {
      access.clear()
      refreshes.clear()
    },
    consent: async (address) => {
      const asked = new URL(address).searchParams
      const code = randomBytes(8).toString('hex')
      const redirectUri = asked.get('redirect_uri') ?? ''
      codes.set(code, { challenge: asked.get('code_challenge'), redirectUri })
      return { code, state: asked.get('state') ?? '' }
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The host's own secret at the vendor. */
export const clientSecret = 'host-client-secret-0123456789'
