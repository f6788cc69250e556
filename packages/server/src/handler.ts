import { type Ops, OpsError } from '@opslayer/core'
import { say } from '@opslayer/core/sentences'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { Identity } from './actor.ts'
import { createCalls } from './calls.ts'
import { trpcErrorOf } from './error-data.ts'
import { compressAnswer } from './http/compress.ts'
import { downloadAudit } from './http/download-audit.ts'
import { downloadErrors } from './http/download-errors.ts'
import { downloadExport } from './http/download-export.ts'
import { errorResponse } from './http/error-response.ts'
import { finishOAuth } from './http/finish-oauth.ts'
import { readiness } from './http/health.ts'
import { type AllowedOrigins, corsHeaders, preflight, refuseForeignPages } from './http/origin.ts'
import { readJsonBody } from './http/read-body.ts'
import { receiveWebhook } from './http/receive-webhook.ts'
import { requestIdHeader, requestIdOf } from './http/request-id.ts'
import { receiveUpload } from './http/upload.ts'
import { refusedRequest } from './log-entry.ts'
import { beginRequest } from './request.ts'
import { createRouter } from './routers/ops-router.ts'
import type { OpsRouterOptions } from './trpc.ts'

export interface FetchHandlerOptions extends Omit<OpsRouterOptions<never>, 'context'> {
  /** Says who calls, from the request's cookies or headers. null if nobody is signed in. */
  readonly context: (request: Request) => Identity | null | Promise<Identity | null>
  /** Where the handler is mounted. @default '/ops' */
  readonly basePath?: string | undefined
  /** Pages of other origins that may call, with the user's cookies. @default none */
  readonly cors?: { readonly origins: AllowedOrigins } | undefined
  /** Page of the host's that a browser goes on to after a vendor's consent. @default '/' */
  readonly oauthReturn?: string | undefined
  /** Bytes of one call or batch of calls. @default 10 MB (10,000,000) */
  readonly maxBodyBytes?: number | undefined
  /** Bytes of one uploaded file. @default 1 GB (1,000,000,000) */
  readonly maxUploadBytes?: number | undefined
  /** How long a call may take to arrive, and how long an upload may stand still, in milliseconds. @default 30000 */
  readonly bodyTimeoutMs?: number | undefined
  /**
   * Whether answers of JSON and downloads of text are sent as gzip. Not where the host compresses whatever is sent and leaves no
   * `content-encoding` of ours, as Next.js does: browsers then unpack them once too few. @default true
   */
  readonly compress?: boolean | undefined
  /** Calls of one batch. @default 50 */
  readonly maxBatchCalls?: number | undefined
}

/** A web-standard handler: what Hono, Next.js and `createNodeHandler` take. */
export type FetchHandler = (request: Request) => Promise<Response>

/**
 * opslayer over HTTP, below `basePath`: the router at `rpc`, files at `exports`, `health` and `ready` for whoever watches
 * over the process.
 *
 * @example
 * const context = async (request: Request) => identityOf(await session(request))
 * const handler = createFetchHandler(ops, { context, compress: false }) // Next.js compresses by itself
 * export { handler as GET, handler as POST } // app/ops/[...path]/route.ts
 */
export function createFetchHandler(ops: Ops, options: FetchHandlerOptions): FetchHandler {
  const { context, basePath = '/ops', cors, compress = true, maxBatchCalls = 50, log } = options
  const bounds = { maxBytes: options.maxBodyBytes ?? 10_000_000, timeoutMs: options.bodyTimeoutMs ?? 30_000 }
  const uploads = { maxBytes: options.maxUploadBytes ?? 1_000_000_000, idleMs: bounds.timeoutMs }
  const base = `/${basePath.replace(/^\/+|\/+$/g, '')}`.replace(/^\/$/, '')
  const run = createCalls<RequestContext>(ops, { ...options, context: ({ request }) => callerOf(request) })
  const router = createRouter(run, ops, options)
  const ready = readiness(ops)

  /** A program's key, or whoever the host's session says. */
  async function callerOf(request: Request): Promise<Identity | null> {
    const [, key] = /^Bearer (opk\..+)$/.exec(request.headers.get('authorization') ?? '') ?? []
    return key === undefined ? await context(request) : await ops.identityOfKey(key, { signal: request.signal })
  }

  async function callProcedures(request: Request, requestId: string): Promise<Response> {
    const hasBody = request.method === 'POST'
    const body = hasBody ? await readJsonBody(request, bounds) : null
    const { url, method, headers, signal } = request
    const trpcContext = contextOf(request, requestId)
    return await fetchRequestHandler({
      endpoint: `${base}/rpc`,
      req: hasBody ? new Request(url, { method, headers, signal, body }) : request,
      router,
      createContext: () => trpcContext,
      allowMethodOverride: true,
      maxBatchSize: maxBatchCalls,
      onError: ({ error, type, path }) => {
        if (type === 'unknown') log?.(refusedRequest(error, requestId, path))
      },
      responseMeta: ({ errors }) =>
        errors.some(({ code }) => code === 'TOO_MANY_REQUESTS') ? { headers: new Headers({ 'retry-after': '1' }) } : {},
    })
  }

  async function answer(request: Request, requestId: string): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (request.method === 'OPTIONS') return preflight(request, cors?.origins)
    if (pathname === `${base}/health`) return Response.json({ status: 'ok' })
    if (pathname === `${base}/ready`) return await ready()
    if (pathname.startsWith(`${base}/webhooks/`))
      return await receiveWebhook(ops, pathname.slice(`${base}/webhooks/`.length), request, bounds.timeoutMs)
    if (pathname === `${base}/oauth/callback`)
      return await finishOAuth(ops, await context(request), request, options.oauthReturn ?? '/')
    refuseForeignPages(request, cors?.origins)
    if (pathname.startsWith(`${base}/rpc/`)) return await callProcedures(request, requestId)
    if (pathname === `${base}/exports`) return await downloadExport(run, contextOf(request, requestId), request)
    if (pathname === `${base}/uploads`) return await receiveUpload(run, contextOf(request, requestId), request, uploads)
    if (pathname === `${base}/import-errors`) return await downloadErrors(run, contextOf(request, requestId), request)
    if (pathname === `${base}/audit`) return await downloadAudit(run, contextOf(request, requestId), request)
    throw new OpsError('NOT_FOUND', say('There is nothing at this address.'))
  }

  return async (request) => {
    const requestId = requestIdOf(request)
    const answered = await answer(request, requestId).catch((thrown: unknown) => {
      const error = trpcErrorOf(thrown)
      log?.(refusedRequest(error, requestId, undefined))
      return errorResponse(error, requestId)
    })
    const response = compress ? await compressAnswer(request, answered) : answered
    const { headers } = response
    headers.set(requestIdHeader, requestId)
    headers.set('x-content-type-options', 'nosniff')
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
    for (const [name, value] of Object.entries(corsHeaders(request, cors?.origins))) headers.append(name, value)
    return response
  }
}

/** What the calls of one request share. */
function contextOf(request: Request, requestId: string): RequestContext {
  const context = { request }
  beginRequest(context, requestId)
  return context
}

interface RequestContext {
  readonly request: Request
}
