import type { PageOf } from './client/calls.ts'

/** As many as an org may have tables: nobody looks at more at once. */
const mostItems = 10_000

/** The items of a list, and whether these are all. */
export interface WholeList<Item> {
  readonly items: readonly Item[]
  readonly isWhole: boolean
}

type ReadPage<Item> = (page: { readonly cursor?: string; readonly limit: number }) => Promise<PageOf<Item>>

/** A list from its pages, and its beginning where it is longer than anybody looks at. */
export async function wholeList<Item>(read: ReadPage<Item>): Promise<WholeList<Item>> {
  const items: Item[] = []
  let cursor: string | null = null
  do {
    const answer: PageOf<Item> = await read({ limit: 100, ...(cursor !== null && { cursor }) })
    items.push(...answer.items)
    cursor = answer.nextCursor
  } while (cursor !== null && items.length < mostItems)
  return { items, isWhole: cursor === null }
}

/** The items of a list that the server bounds. */
export async function everyPage<Item>(read: ReadPage<Item>): Promise<readonly Item[]> {
  return (await wholeList(read)).items
}
