import { type Ops, OpsError } from '@opslayer/core'
import { say } from '@opslayer/core/sentences'
import type { Identity } from '../actor.ts'
import { opsCodeOf, trpcErrorOf } from '../error-data.ts'

/**
 * Where a vendor's consent screen sends the browser back to: `oauth/callback`. It comes from the vendor's page, so what
 * proves it is the state and the browser's own session. The browser goes on to a page of the host's.
 *
 * @param returnTo gets `?connection=<id>`, or `?error=<code>`
 */
export async function finishOAuth(
  ops: Ops,
  identity: Identity | null,
  request: Request,
  returnTo: string,
): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const given = (name: string): string | undefined => searchParams.get(name) ?? undefined
  const goOn = (name: string, value: string): Response => {
    const mark = returnTo.includes('?') ? '&' : '?'
    return new Response(null, {
      status: 302,
      headers: { location: `${returnTo}${mark}${name}=${encodeURIComponent(value)}` },
    })
  }
  try {
    if (identity?.session === undefined) throw new OpsError('UNAUTHENTICATED', say('Sign in, and begin again.'))
    const { session } = identity
    const input = { state: given('state') ?? '', code: given('code'), error: given('error'), session }
    const { connection } = await ops.finishOAuth(input, { signal: request.signal })
    return goOn('connection', connection.id)
  } catch (error) {
    return goOn('error', opsCodeOf(trpcErrorOf(error)))
  }
}
