import { OpsError } from '@opslayer/core'

/** Origins beside the handler's own whose pages may call it: a list, or a rule. */
export type AllowedOrigins = readonly string[] | ((origin: string) => boolean)

const noOrigins: AllowedOrigins = []

/** Whether a page of another origin may call. */
function isAllowedOrigin(origin: string, allowed: AllowedOrigins = noOrigins): boolean {
  return typeof allowed === 'function' ? allowed(origin) : allowed.includes(origin)
}

/**
 * Refuses what a foreign page could make a signed-in user's browser send. Browsers say by `Sec-Fetch-Site`, old ones by
 * `Origin`, which page a request comes from; what is not a browser says neither and has no cookies to be abused.
 *
 * @throws OpsError `FORBIDDEN`
 */
export function refuseForeignPages(request: Request, allowed: AllowedOrigins | undefined): void {
  const origin = request.headers.get('origin')
  if (origin !== null && isAllowedOrigin(origin, allowed)) return
  const site = request.headers.get('sec-fetch-site')
  const isOwn =
    site === null ? origin === null || isSameHost(origin, request) : site === 'same-origin' || site === 'none'
  if (isOwn) return
  throw new OpsError('FORBIDDEN', 'Pages of this origin may not call the API. Name the origin in `cors.origins`.')
}

/** The scheme is left out: behind a proxy the request came by `http`, whatever the page was loaded by. */
function isSameHost(origin: string, request: Request): boolean {
  return URL.parse(origin)?.host === new URL(request.url).host
}

const exposedHeaders = 'x-request-id, retry-after, content-disposition'
const allowedHeaders = 'authorization, content-type, x-request-id, trpc-accept, last-event-id'

/** What browsers must read before a page of another origin gets an answer. */
export function corsHeaders(request: Request, allowed: AllowedOrigins | undefined): Record<string, string> {
  const origin = request.headers.get('origin')
  if (origin === null || !isAllowedOrigin(origin, allowed)) return { vary: 'origin' }
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': exposedHeaders,
  }
}

/** The answer to a browser that asks before it sends. */
export function preflight(request: Request, allowed: AllowedOrigins | undefined): Response {
  const headers = corsHeaders(request, allowed)
  const isAllowed = 'access-control-allow-origin' in headers
  return new Response(null, {
    status: isAllowed ? 204 : 403,
    headers: isAllowed
      ? {
          ...headers,
          'access-control-allow-methods': 'GET, POST',
          'access-control-allow-headers': allowedHeaders,
          'access-control-max-age': '600',
        }
      : headers,
  })
}
