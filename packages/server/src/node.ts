import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { OpsError } from '@opslayer/core'
import type { FetchHandler } from './handler.ts'
import { errorResponse } from './http/error-response.ts'
import { isWholeJson } from './http/is-whole-json.ts'

/** What `http.createServer`, Express and Fastify's raw requests take. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Serves a web handler from Node's `http` and whatever is built on it.
 *
 * Two settings of the server matter. Let `keepAliveTimeout`, by default 5 s, be longer than whoever calls keeps idle
 * connections: a call that meets one which is just being closed fails with `ECONNRESET`. And `requestTimeout`, by default
 * 300 s, is how long the largest upload may take in all.
 *
 * @example
 * const server = http.createServer(createNodeHandler(createFetchHandler(ops, options))).listen(3000)
 * server.keepAliveTimeout = 65_000
 */
export function createNodeHandler(handler: FetchHandler): NodeHandler {
  return async (incoming, outgoing) => {
    const gone = new AbortController()
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) gone.abort()
    })
    try {
      const request = requestOf(incoming, gone.signal)
      await send(request === null ? noRequest() : await handler(request), outgoing)
    } catch {
      // The handler itself never rejects: it is the connection that broke.
      outgoing.destroy()
    }
  }
}

/** @returns null for a request line or host that is no address */
function requestOf(incoming: IncomingMessage, signal: AbortSignal): Request | null {
  const { method = 'GET', headers, socket } = incoming
  const scheme = 'encrypted' in socket && socket.encrypted === true ? 'https' : 'http'
  const url = URL.parse(addressOf(incoming), `${scheme}://${headers.host ?? 'localhost'}`)
  if (url === null || methodsRefused.has(method)) return null
  const fields = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(':') || value === undefined) continue
    for (const each of [value].flat()) fields.append(name, each)
  }
  const body = method === 'GET' || method === 'HEAD' ? null : (bodyOf(incoming) ?? null)
  return withSignal(new Request(url, { method, headers: fields, body, duplex: 'half' }), signal)
}

function noRequest(): Response {
  const error = new OpsError('INVALID_INPUT', 'The address, the host or the method of the request is none.')
  return errorResponse(error, randomUUID())
}

/** Methods that `Request` does not know. */
const methodsRefused: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK'])

/** Express cuts the mount path off `url` and keeps the whole in `originalUrl`. */
function addressOf(incoming: IncomingMessage): string {
  const original: unknown = 'originalUrl' in incoming ? incoming.originalUrl : undefined
  const address = typeof original === 'string' ? original : (incoming.url ?? '/')
  // `//host/path` would be read as an address of another host.
  return address.replace(/^\/{2,}/, '/')
}

/** A body parser may have read the body before us. */
function bodyOf(incoming: IncomingMessage): ConstructorParameters<typeof Response>[0] {
  const parsed: unknown = 'body' in incoming ? incoming.body : undefined
  if (incoming.readableEnded && parsed !== undefined)
    return typeof parsed === 'string' ? parsed : JSON.stringify(parsed)
  return Readable.toWeb(incoming)
}

/**
 * Given to its constructor, a signal is held by weak references and a finaliser, which keep the request and what hangs on it
 * alive through every collection of the young: a third of the memory that calls cost.
 */
function withSignal(request: Request, signal: AbortSignal): Request {
  return Object.defineProperty(request, 'signal', { value: signal, enumerable: true })
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.statusCode = response.status
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value)
  if (response.body === null) {
    outgoing.end()
    return
  }
  if (isWholeJson(response.headers)) {
    outgoing.end(Buffer.from(await response.arrayBuffer()))
    return
  }
  outgoing.flushHeaders()
  await pipeline(Readable.fromWeb(response.body), outgoing)
}
