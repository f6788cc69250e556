import type { PgClient, PgPool } from '../pool.ts'
import type { ByteSource } from './copy-batches.ts'
import type { DeadlineOptions } from './deadline.ts'

export interface EmbeddedDeadline extends DeadlineOptions {
  /**
   * The client that the work uses. With it, a statement that only waits for its turn is ended alone; without it, the
   * deadline always restarts the database.
   */
  readonly client?: PgClient | undefined
}

/** What is used of an embedded database once it is open. */
export interface EmbeddedConnections {
  readonly pool: PgPool
  /**
   * `COPY <target> FROM` of rows in PostgreSQL's text format, at the client's place in the queue: inside its
   * transaction when one is open, otherwise in one of its own. The right to copy is not checked against the
   * transaction's role.
   *
   * @param target Table and columns, quoted: `"s"."t" ("a", "b")`.
   * @returns The number of rows.
   */
  copyIn(client: PgClient, target: string, source: ByteSource): Promise<number>
  /**
   * `COPY <source> TO`, in PostgreSQL's text format.
   *
   * @param source A quoted table, or a query in brackets.
   */
  copyOut(client: PgClient, source: string): Promise<Uint8Array>
  /**
   * Runs `work` under a deadline. When it passes, or the signal aborts, the client's statement is ended. One that reads no
   * file meanwhile ends with the whole database, which is restarted (about half a second): every other client with something
   * under way gets `EMBEDDED_RESTARTED`, idle ones notice nothing, and committed rows stay.
   *
   * @throws OpsError `TIMEOUT`, or the signal's reason.
   */
  withDeadline<T>(options: EmbeddedDeadline, work: () => Promise<T>): Promise<T>
  /** Lets running statements finish, rolls open transactions back, and frees the directory. */
  close(): Promise<void>
}
