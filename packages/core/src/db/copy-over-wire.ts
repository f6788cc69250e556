import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import copyStreams from 'pg-copy-streams'
import type { PgClient } from './pool.ts'
import type { CopySource } from './transaction.ts'

/** `COPY … FROM STDIN` over an ordinary connection. */
export async function copyInOverWire(client: PgClient, target: string, source: CopySource): Promise<number> {
  const stream = copyStreams.from(`copy ${target} from stdin`)
  // `pg` takes any submittable in place of a query; its types say so only for its own client class.
  ;(client as unknown as { query(submittable: unknown): void }).query(stream)
  await pipeline(Readable.from(source), stream)
  return stream.rowCount
}
