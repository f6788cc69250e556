import type { Kysely, RawBuilder } from 'kysely'
import { OpsError } from '../errors/ops-error.ts'
import type { Database } from './database.ts'
import type { PgClient } from './pool.ts'
import { typeParsers } from './type-parsers.ts'

/** What every awaiting call of opslayer takes last. */
export interface CallOptions {
  /** Ends the call: the statement under way is cancelled, the transaction rolled back, the signal's reason rethrown. */
  readonly signal?: AbortSignal | undefined
  /** Limit of each statement, in milliseconds. @default 30000 for reads, 60000 for writes */
  readonly timeoutMs?: number | undefined
}

/** Bytes for `COPY … FROM STDIN`, in PostgreSQL's text format. */
export type CopySource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** One open transaction, in the role and org of its envelope. Invalid after the callback that received it returned. */
export interface Transaction {
  /** The catalog. */
  readonly db: Kysely<Database>
  /** Revision of the table that the envelope named; null if there is none of that id in the org. */
  readonly tableRevision: number | null
  /** Runs a query that Kysely's types know nothing of; rows as objects. */
  all<Row>(query: RawBuilder<Row>): Promise<Row[]>
  /** The same, rows as arrays in the order of the select list: half the memory for pages. */
  arrays(query: RawBuilder<unknown>): Promise<unknown[][]>
  /** Runs DDL or a statement without result. */
  run(query: RawBuilder<unknown>): Promise<number>
  /** Loads rows by `COPY <target> FROM`; returns their number. `target` is made of generated names only. */
  copyIn(target: string, source: CopySource): Promise<number>
}

export type CopyIn = (client: PgClient, target: string, source: CopySource) => Promise<number>

export function openTransaction(
  client: PgClient,
  db: Kysely<Database>,
  copyIn: CopyIn,
  tableRevision: number | null,
): Transaction {
  return {
    db,
    tableRevision,
    all: async (query) => (await query.execute(db)).rows,
    arrays: async (query) => {
      const { sql, parameters } = query.compile(db)
      const result = await client.query({ text: sql, values: [...parameters], rowMode: 'array', types: typeParsers })
      return result.rows
    },
    run: async (query) => Number((await query.execute(db)).numAffectedRows ?? 0n),
    copyIn: (target, source) => copyIn(client, target, source),
  }
}

/** The one row that a query must give. */
export function one<Row>(rows: readonly Row[]): Row {
  const [row] = rows
  if (row === undefined) throw new OpsError('INTERNAL', 'A query that always gives a row gave none.')
  return row
}
