/** Inputs in chunks of `size`, the first one of `firstSize`. */
export async function* chunksOf<T>(
  inputs: AsyncIterable<T> | Iterable<T>,
  size: number,
  firstSize: number,
): AsyncGenerator<T[]> {
  let chunk: T[] = []
  let full = firstSize
  if (Symbol.iterator in inputs) {
    // Not left to `for await`, which waits for a turn of the microtask queue at each row.
    for (const input of inputs) {
      chunk.push(input)
      if (chunk.length < full) continue
      yield chunk
      chunk = []
      full = size
    }
  } else {
    for await (const input of inputs) {
      chunk.push(input)
      if (chunk.length < full) continue
      yield chunk
      chunk = []
      full = size
    }
  }
  if (chunk.length > 0) yield chunk
}

/** What `prepare` makes of each item, the next one under way while the one before is dealt with. */
export async function* oneAhead<T, Prepared>(
  items: AsyncIterable<T>,
  prepare: (item: T) => Promise<Prepared>,
): AsyncGenerator<Prepared> {
  const iterator = items[Symbol.asyncIterator]()
  const next = async (): Promise<{ readonly prepared: Prepared } | undefined> => {
    const item = await iterator.next()
    return item.done === true ? undefined : { prepared: await prepare(item.value) }
  }
  try {
    let ahead = next()
    for (;;) {
      const current = await ahead
      if (current === undefined) return
      ahead = next()
      ahead.catch(() => {}) // Looked at when its turn comes.
      yield current.prepared
    }
  } finally {
    // Who stops early does not wait for an input that may take long to come.
    void Promise.resolve(iterator.return?.()).catch(() => {})
  }
}
