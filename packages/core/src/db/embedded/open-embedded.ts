import pg from 'pg'
import { OpsError } from '../../errors/ops-error.ts'
import type { PgClient } from '../pool.ts'
import { copyBatches } from './copy-batches.ts'
import { holdDirectory, preparedDirectory } from './database-directory.ts'
import { runWithDeadline } from './deadline.ts'
import type { EmbeddedConnections } from './embedded-connections.ts'
import type { PortStream } from './port-stream.ts'
import { WorkerHost } from './worker-host.ts'

export interface EmbeddedOptions {
  /**
   * Where the database lives; made if need be, and refused if it holds anything else. `'memory'` is a temporary
   * directory, removed on `close()`.
   */
  readonly directory: string
  /** Most clients at once; they share one session and take turns. @default 10 */
  readonly maxClients?: number | undefined
}

/**
 * PostgreSQL inside the process: PGlite in a worker thread, reached through an ordinary pool.
 *
 * All clients share **one session**. Transactions work as on a server, one at a time; what lives longer than a
 * transaction (`set`, temporary tables, named prepared statements, session locks) would be seen by all, and one
 * client's `unlisten` silences the others. There is no autovacuum: whoever deletes and updates much runs `vacuum` and
 * `analyze`. `statement_timeout` and cancelling have no effect; see {@link EmbeddedConnections.withDeadline}.
 *
 * Idle, it does not keep the process alive. A process that ends without `close()`, or is killed, loses nothing that
 * was acknowledged; a power cut may, because nothing is forced to disk.
 */
export interface EmbeddedDatabase extends EmbeddedConnections, AsyncDisposable {
  readonly pool: pg.Pool
  /** Makes another pool of clients; whoever asks for it ends it. */
  anotherPool(): pg.Pool
}

/** Bytes of one COPY inside a transaction: about 50 ms of work, so that others get their turn afterwards. */
const copyBatchBytes = 4 * 1024 * 1024

/**
 * Opens an embedded database.
 *
 * @throws OpsError `EMBEDDED_LOCKED` when another process, or this one, has it open; `INVALID_INPUT` for a directory
 * that holds something else; `DATABASE_UNAVAILABLE` when PostgreSQL does not start.
 *
 * @example
 * await using database = await openEmbedded({ directory: './data' })
 * await database.pool.query('select 1')
 */
export async function openEmbedded({ directory, maxClients = 10 }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const held = await holdDirectory(directory)
  const host = new WorkerHost({ dataDirectory: held.dataDirectory, preparedDirectory: preparedDirectory() })
  try {
    await host.ready()
  } catch (error) {
    await held.release()
    throw error
  }
  const streams = new WeakMap<object, PortStream>()
  const pool = openPool(host, streams, maxClients)
  let closing: Promise<void> | undefined

  function streamOf(client: PgClient): PortStream {
    const stream = streams.get(client)
    if (stream !== undefined) return stream
    throw new OpsError('INTERNAL', 'The client is not one of the embedded database’s pool.')
  }

  async function close(): Promise<void> {
    // Resolves only when every client was released, which a forgotten one never is.
    if (!pool.ending) void pool.end()
    await host.close()
    await held.release()
  }

  return {
    pool,
    anotherPool: () => openPool(host, streams, maxClients),
    async copyIn(client, target, source) {
      const stream = streamOf(client)
      const batchBytes = stream.isInTransaction ? copyBatchBytes : Number.POSITIVE_INFINITY
      let rows = 0
      for await (const data of copyBatches(source, batchBytes)) {
        rows += (await host.copy(stream, { sql: `copy ${target} from '/dev/blob'`, data })).rows
      }
      return rows
    },
    async copyOut(client, source) {
      return (await host.copy(streamOf(client), { sql: `copy ${source} to '/dev/blob'` })).bytes
    },
    withDeadline: ({ client, ...options }, work) => runWithDeadline(host, client && streamOf(client), options, work),
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  }
}

function openPool(host: WorkerHost, streams: WeakMap<object, PortStream>, maxClients: number): pg.Pool {
  class EmbeddedClient extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      const stream = host.connect()
      super({ ...config, stream: () => stream })
      streams.set(this, stream)
      // Its queries report the error; without a listener it would end the process.
      this.on('error', () => {})
    }
  }
  const pool = new pg.Pool({
    Client: EmbeddedClient,
    // All set, so that PGHOST, PGSSLMODE and the like have no say.
    host: 'embedded',
    port: 1,
    user: 'postgres',
    password: '',
    database: 'postgres',
    ssl: false,
    max: maxClients,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
  })
  // An idle client that is lost is replaced at the next call.
  pool.on('error', () => {})
  return pool
}
