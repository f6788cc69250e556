/** The body of an answer that is made as it is read, and its end. */
export interface Streamed {
  readonly body: ReadableStream<Uint8Array>
  /** Resolves once the body was read to its end or given up; rejects with what it broke off for. */
  readonly finished: Promise<void>
}

/** @param first what the iterator has given already */
export function streamed(parts: AsyncIterator<Uint8Array>, first?: IteratorResult<Uint8Array>): Streamed {
  const { promise: finished, resolve, reject } = Promise.withResolvers<void>()
  let begun = first
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const next = begun ?? (await parts.next())
          begun = undefined
          if (next.done !== true) return controller.enqueue(next.value)
          controller.close()
          resolve()
        } catch (error) {
          reject(error)
          throw error
        }
      },
      cancel: async () => {
        resolve()
        await parts.return?.()
      },
    },
    { highWaterMark: 0 },
  )
  return { body, finished }
}
