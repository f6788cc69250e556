/** A page of a list: items behind the last one seen. */
export interface ItemsPage<After> {
  readonly after: After
  readonly limit: number
}

const pageSize = 100

/**
 * Every item of a list that is longer than one answer may be, read page by page as they are dealt with.
 *
 * @param first what all items are behind of
 * @param read gives the items behind `after`, in order; fewer than `limit` are the last
 */
export async function* everyItem<Item extends After, After>(
  first: After,
  read: (page: ItemsPage<After>) => Promise<readonly Item[]>,
): AsyncGenerator<Item> {
  for (let after = first; ; ) {
    const items = await read({ after, limit: pageSize })
    for (const item of items) {
      after = item
      yield item
    }
    if (items.length < pageSize) return
  }
}
