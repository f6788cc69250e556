import { randomUUID } from 'node:crypto'

/** Ids that a proxy in front may give: nothing in them can break a header or a line of a log. */
const allowed = /^[A-Za-z0-9][A-Za-z0-9_.:-]{7,99}$/

export const requestIdHeader = 'x-request-id'

/** The id that a proxy gave, or a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get(requestIdHeader)
  return given !== null && allowed.test(given) ? given : randomUUID()
}
