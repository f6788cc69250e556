/** A page that names the next one, as most vendors have it now. */
export interface CursorPage<Item> {
  readonly items: readonly Item[]
  /** Undefined on the last page. */
  readonly next: string | undefined
}

/**
 * Pages by an opaque cursor. A cursor that this did not give begins anew, as careless vendors do.
 *
 * @example
 * 'GET /contacts': ({ request, state }) => {
 *   const { items, next } = pageByCursor(state.contacts, { after: request.query.get('after'), limit: 100 })
 *   return { json: { results: items, paging: next === undefined ? undefined : { next: { after: next } } } }
 * }
 */
export function pageByCursor<Item>(
  all: readonly Item[],
  { after, limit }: { readonly after: string | null | undefined; readonly limit: number },
): CursorPage<Item> {
  const from = after === null || after === undefined ? 0 : Number(Buffer.from(after, 'base64url').toString()) || 0
  const end = from + limit
  const next = end < all.length ? Buffer.from(String(end)).toString('base64url') : undefined
  return { items: all.slice(from, end), next }
}

/** Pages by offset and limit, with the number of all. */
export function pageByOffset<Item>(
  all: readonly Item[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly items: readonly Item[]; readonly total: number; readonly hasMore: boolean } {
  return { items: all.slice(offset, offset + limit), total: all.length, hasMore: offset + limit < all.length }
}

/** Pages by number, from 1. */
export function pageByNumber<Item>(
  all: readonly Item[],
  { page, perPage }: { readonly page: number; readonly perPage: number },
): { readonly items: readonly Item[]; readonly total: number; readonly pages: number } {
  const from = (page - 1) * perPage
  return { items: all.slice(from, from + perPage), total: all.length, pages: Math.ceil(all.length / perPage) }
}
