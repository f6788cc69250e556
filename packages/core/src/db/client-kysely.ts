import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { PgClient } from './pool.ts'
import { queryClient } from './query-client.ts'
import { typeParsers } from './type-parsers.ts'

/** Runs Kysely's queries on one client that somebody else acquires, begins, commits and releases. */
class ClientConnection implements DatabaseConnection {
  readonly #client: PgClient

  constructor(client: PgClient) {
    this.#client = client
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await queryClient(this.#client, {
      text: query.sql,
      values: [...query.parameters],
      types: typeParsers,
    })
    return { rows: result.rows, numAffectedRows: BigInt(result.rowCount ?? 0) }
  }

  // biome-ignore lint/correctness/useYield: the interface wants a generator; pages and windows stream in chunks instead
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming queries are not used; read in pages.')
  }
}

function clientDriver(client: PgClient): Driver {
  const connection = new ClientConnection(client)
  const ownedByTheSession = async (): Promise<void> => {
    throw new Error('Transactions are begun and ended by the session that holds the client.')
  }
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: ownedByTheSession,
    commitTransaction: ownedByTheSession,
    rollbackTransaction: ownedByTheSession,
    releaseConnection: async () => {},
    destroy: async () => {},
  }
}

const kyselyOfClient = new WeakMap<PgClient, Kysely<unknown>>()

/**
 * The Kysely instance of a pooled client, made once per client. Why not one `PostgresDialect` over the pool: the
 * transaction's envelope goes out as one message, cancelling needs the backend's id and COPY needs the raw client.
 */
export function kyselyOf<Tables>(client: PgClient, schema: string): Kysely<Tables> {
  let kysely = kyselyOfClient.get(client)
  if (kysely === undefined) {
    const dialect: Dialect = {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => clientDriver(client),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    }
    kysely = new Kysely<unknown>({ dialect }).withSchema(schema)
    kyselyOfClient.set(client, kysely)
  }
  return kysely as Kysely<Tables>
}
