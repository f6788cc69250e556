import type { PageOf } from './client/calls.ts'

/** Pages of lists that people look at whole: more than this many items are no list to look at. */
const mostPages = 20

/** A list from its pages. */
export async function everyPage<Item>(
  read: (page: { readonly cursor?: string; readonly limit: number }) => Promise<PageOf<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = []
  let cursor: string | null = null
  for (let page = 0; page < mostPages; page++) {
    const answer: PageOf<Item> = await read({ limit: 100, ...(cursor !== null && { cursor }) })
    items.push(...answer.items)
    cursor = answer.nextCursor
    if (cursor === null) break
  }
  return items
}
