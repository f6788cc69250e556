import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import { isWholeJson } from './is-whole-json.ts'

const compressed = promisify(gzip)

/** Below this, in bytes, headers weigh more than what compressing saves. */
const worthwhile = 1_400

/** Fast rather than small: rows shrink to a quarter at this level, and hardly further above it. */
const level = constants.Z_BEST_SPEED + 2

/** Compresses an answer of JSON for clients that read gzip. What is streamed passes as it is: each part must arrive at once. */
export async function compressJson(request: Request, response: Response): Promise<Response> {
  if (response.body === null || !isWholeJson(response.headers)) return response
  if (!acceptsGzip(request.headers.get('accept-encoding'))) return response
  const body = new Uint8Array(await response.arrayBuffer())
  const { status } = response
  const headers = new Headers(response.headers)
  headers.append('vary', 'accept-encoding')
  if (body.byteLength < worthwhile) return new Response(body, { status, headers })
  headers.set('content-encoding', 'gzip')
  return new Response(new Uint8Array(await compressed(body, { level })), { status, headers })
}

function acceptsGzip(accepted: string | null): boolean {
  return accepted !== null && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(accepted)
}
