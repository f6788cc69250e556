import { pipeline, Readable } from 'node:stream'
import { promisify } from 'node:util'
import { constants, createGzip, gzip } from 'node:zlib'
import { isWholeJson } from './is-whole-json.ts'

const compressed = promisify(gzip)

/** Below this, in bytes, headers weigh more than what compressing saves. */
const worthwhile = 1_400

/** Fast rather than small: rows shrink to a quarter at this level, and hardly further above it. */
const level = constants.Z_BEST_SPEED + 2

/**
 * Compresses JSON and files for clients that read gzip. Other streams pass as they are: each part must arrive at once.
 *
 * Nothing of a request stands in what is answered beside a secret, and no foreign page makes a browser send one with the
 * user's cookies: who watches the length of answers learns nothing by asking for many (BREACH).
 */
export async function compressAnswer(request: Request, response: Response): Promise<Response> {
  if (response.body === null || !acceptsGzip(request.headers.get('accept-encoding'))) return response
  if (isFile(response.headers)) return compressFile(response, response.body)
  return isWholeJson(response.headers) ? await compressWhole(response) : response
}

async function compressWhole(response: Response): Promise<Response> {
  const body = new Uint8Array(await response.arrayBuffer())
  const { status } = response
  const headers = varied(response)
  if (body.byteLength < worthwhile) return new Response(body, { status, headers })
  headers.set('content-encoding', 'gzip')
  return new Response(new Uint8Array(await compressed(body, { level })), { status, headers })
}

/** Bit by bit as the client takes it. One that leaves ends the source, and a source that fails breaks the file off. */
function compressFile(response: Response, body: NonNullable<Response['body']>): Response {
  const packed = createGzip({ level })
  // What fails on either side comes out at the other.
  pipeline(Readable.fromWeb(body), packed, () => {})
  const headers = varied(response)
  headers.set('content-encoding', 'gzip')
  return new Response(ReadableStream.from(packed), { status: response.status, headers })
}

function varied(response: Response): Headers {
  const headers = new Headers(response.headers)
  headers.append('vary', 'accept-encoding')
  return headers
}

/** A file of text: a workbook is compressed already. */
function isFile(headers: Headers): boolean {
  if (headers.get('content-disposition')?.startsWith('attachment') !== true) return false
  return /^(text\/|application\/(x-ndjson|json)\b)/.test(headers.get('content-type') ?? '')
}

function acceptsGzip(accepted: string | null): boolean {
  return accepted !== null && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(accepted)
}
