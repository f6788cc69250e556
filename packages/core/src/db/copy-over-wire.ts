import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import copyStreams from 'pg-copy-streams'
import type { PgClient } from './pool.ts'
import type { CopySource } from './transaction.ts'

/** `COPY … TO STDOUT` over an ordinary connection, as fast as it is read. */
export async function* copyOutOverWire(client: PgClient, source: string): AsyncGenerator<Uint8Array> {
  const isPipelined = client.pipeline === true
  if (isPipelined) {
    // A COPY takes the connection over, so whatever was sent before it is to be answered first.
    await client.query({ text: '' })
    client.pipeline = false
  }
  const stream = copyStreams.to(`copy ${source} to stdout`)
  ;(client as unknown as { query(submittable: unknown): void }).query(stream)
  try {
    yield* stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
  } finally {
    // The connection answers nothing else before all of it was taken, or the statement was cancelled.
    if (!stream.readableEnded && !stream.destroyed) await finished(stream.resume()).catch(() => {})
    if (isPipelined) client.pipeline = true
  }
}

/** `COPY … FROM STDIN` over an ordinary connection. */
export async function copyInOverWire(client: PgClient, target: string, source: CopySource): Promise<number> {
  const stream = copyStreams.from(`copy ${target} from stdin`)
  // `pg` takes any submittable in place of a query; its types say so only for its own client class.
  ;(client as unknown as { query(submittable: unknown): void }).query(stream)
  await pipeline(Readable.from(source), stream)
  return stream.rowCount
}
