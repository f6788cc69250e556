/** The same items, but a wait for one ends with the signal's reason as soon as the signal fires. */
export async function* abortable<Item>(
  items: AsyncIterable<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item> {
  signal?.throwIfAborted()
  if (signal === undefined) {
    yield* items
    return
  }
  const iterator = items[Symbol.asyncIterator]()
  let finished = false
  try {
    for (;;) {
      const next = await unlessAborted(iterator.next(), signal)
      if (next.done) {
        finished = true
        return
      }
      yield next.value
    }
  } finally {
    // A stream that hangs would hang here too: it is told to end, and not waited for.
    if (!finished) iterator.return?.().catch(() => {})
  }
}

function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
