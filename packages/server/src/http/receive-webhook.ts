import { type Ops, OpsError } from '@opslayer/core'
import { say } from '@opslayer/core/sentences'
import { readBody } from './read-body.ts'

/** More than core takes, so that core says what is too much. */
const maxBytes = 3 * 1_048_576

/**
 * A request of a vendor's: `webhooks/<plugin>/<webhook>[/<token>]`, under no session. Core finds out whether it is
 * genuine.
 */
export async function receiveWebhook(ops: Ops, path: string, request: Request, timeoutMs: number): Promise<Response> {
  const [plugin, webhook, token, ...rest] = path.split('/').map(decoded)
  if (plugin === undefined || webhook === undefined || rest.length > 0) throw unknownAddress()
  const { method, url, headers } = request
  const body = await readBody(request, { maxBytes, timeoutMs })
  const answer = await ops.receiveWebhook({
    plugin,
    webhook,
    token,
    request: { method, url, headers, body },
  })
  const { status, body: text, contentType = 'text/plain' } = answer
  return new Response(text ?? null, { status, headers: text === undefined ? {} : { 'content-type': contentType } })
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw unknownAddress()
  }
}

function unknownAddress(): OpsError {
  return new OpsError('NOT_FOUND', say('There is nothing at this address.'))
}
