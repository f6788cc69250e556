/**
 * The part of `pg.Pool` that opslayer uses, so that the host's own pool fits structurally.
 *
 * Keep `max` at 5 or more, and set `maxLifetimeSeconds` (600 is good): a PostgreSQL backend keeps about 15 KB for each
 * table it has touched, and opslayer has many tables.
 */
export interface PgPool {
  connect(): Promise<PgClient>
  /** With 5 or more, one connection listens for what other processes write while somebody follows changes. */
  readonly options?: { readonly max?: number | undefined }
  /** Pools of `pg` say when they have made a connection, and when an idle one has died. */
  readonly on?: {
    (event: 'connect', listener: (client: PgClient) => void): unknown
    (event: 'error', listener: (error: Error) => void): unknown
  }
}

/** The part of `pg.PoolClient` that opslayer uses. */
export interface PgClient {
  query(config: PgQuery): Promise<PgResult>
  /** `true` or an error closes the connection instead of keeping it. */
  release(destroy?: boolean | Error): void
  on?(event: 'error', listener: (error: Error) => void): unknown
  on?(event: 'notification', listener: (told: PgNotification) => void): unknown
  /** The connection no longer keeps the process alive. */
  unref?(): void
  /** The backend's process id, for cancelling. */
  readonly processID?: number | null
  /** While true, queries go out without waiting for the answers to those before. Older versions of `pg` have none. */
  pipeline?: boolean
  /** Where there is one, queries that follow each other closely leave together. */
  readonly connection?: { readonly stream?: { cork(): void; uncork(): void } }
}

export interface PgNotification {
  readonly channel: string
  readonly payload?: string | undefined
}

export interface PgQuery {
  readonly text: string
  readonly values?: unknown[]
  readonly rowMode?: 'array'
  readonly types?: { getTypeParser(oid: number, format?: string): (text: string) => unknown }
}

export interface PgResult {
  readonly command: string | null
  readonly rowCount: number | null
  // biome-ignore lint/suspicious/noExplicitAny: rows are whatever the query selects, as in pg's own types
  readonly rows: any[]
}
