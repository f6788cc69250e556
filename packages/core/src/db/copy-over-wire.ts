import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import copyStreams from 'pg-copy-streams'
import type { PgClient } from './pool.ts'
import type { CopySource } from './transaction.ts'

/** `COPY … TO STDOUT` over an ordinary connection, as fast as it is read. */
export async function* copyOutOverWire(client: PgClient, source: string): AsyncGenerator<Uint8Array> {
  const stream = copyStreams.to(`copy ${source} to stdout`)
  ;(client as unknown as { query(submittable: unknown): void }).query(stream)
  yield* stream as AsyncIterable<Uint8Array>
}

/** `COPY … FROM STDIN` over an ordinary connection. */
export async function copyInOverWire(client: PgClient, target: string, source: CopySource): Promise<number> {
  const stream = copyStreams.from(`copy ${target} from stdin`)
  // `pg` takes any submittable in place of a query; its types say so only for its own client class.
  ;(client as unknown as { query(submittable: unknown): void }).query(stream)
  await pipeline(Readable.from(source), stream)
  return stream.rowCount
}
