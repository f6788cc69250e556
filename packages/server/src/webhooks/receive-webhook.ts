import type { Ops } from '@opslayer/core'
import { readBody } from '../http/read-body.ts'

/** Statuses that come without a body. */
const bodiless = new Set([204, 304])

/**
 * Takes what a vendor sends to `webhooks/<plugin>/<webhook>/<token>`, byte for byte; core verifies and stores it before
 * it is answered. No session and no role: whoever sends it proves itself by secret and signature.
 *
 * @param path what stands behind `webhooks/`
 * @throws OpsError `LIMIT_EXCEEDED`, `INVALID_INPUT` for a body that is too large or too slow; `DATABASE_UNAVAILABLE` and
 * the like, upon which the vendor sends it again
 */
export async function receiveWebhook(
  ops: Ops,
  request: Request,
  path: string,
  bounds: { readonly maxBytes: number; readonly timeoutMs: number },
): Promise<Response> {
  const [plugin = '', webhook = '', token, ...more] = path.split('/')
  if (more.length > 0) return new Response(null, { status: 404 })
  const body = await readBody(request, bounds)
  const { method, url, headers } = request
  const answer = await ops.receiveWebhook({ plugin, webhook, token, request: { method, url, headers, body } })
  const { status, contentType = 'text/plain; charset=utf-8' } = answer
  if (answer.body === undefined || bodiless.has(status)) return new Response(null, { status })
  return new Response(answer.body, { status, headers: { 'content-type': contentType } })
}
