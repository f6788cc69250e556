import { OpsError } from '../../errors/ops-error.ts'
import type { ByteStream } from './source.ts'

/** Bytes that are handled at once: texts cut out of them stay in the cache, and keep no more than them in memory. */
export const chunkBytes = 128 * 1024

/** A stream as Buffers of at most {@link chunkBytes}, without copies; leaving the loop ends the stream. */
export async function* byteChunks(stream: ByteStream | Iterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of stream as AsyncIterable<unknown> | Iterable<unknown>) {
    if (!(chunk instanceof Uint8Array)) {
      throw new OpsError('INVALID_INPUT', 'The stream gives text, not bytes: do not set an encoding on it.')
    }
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    for (let from = 0; from < bytes.length; from += chunkBytes) yield bytes.subarray(from, from + chunkBytes)
  }
}
