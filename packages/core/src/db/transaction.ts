import type { CompiledQuery, Kysely, RawBuilder } from 'kysely'
import { OpsError } from '../errors/ops-error.ts'
import { compileLiteral, compileRaw } from './compile-raw.ts'
import type { Database } from './database.ts'
import { pipelined } from './pipelined.ts'
import type { PgClient, PgResult } from './pool.ts'
import { queryClient } from './query-client.ts'
import { quoteIdentifier } from './quote.ts'
import type { OrgState } from './tables/orgs.db.ts'
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

/** How the org of a transaction stands, read as it began. */
export interface OrgMark {
  /** Names the org's schema; another one after the org was erased and made anew. */
  readonly shortId: string
  /** Grows with each change of the org's own row. */
  readonly revision: number
  readonly state: OrgState
}

/** One open transaction, in the role and org of its envelope. Invalid after the callback that received it returned. */
export interface Transaction {
  /** The catalog. */
  readonly db: Kysely<Database>
  /** The org that the envelope named; null if the database has none of that id. */
  readonly org: OrgMark | null
  /** Revision of the table that the envelope named; null if there is none of that id in the org. */
  readonly tableRevision: number | null
  /** Runs a query that Kysely's types know nothing of; rows as objects. */
  all<Row>(query: RawBuilder<Row>): Promise<Row[]>
  /** The same for the last query of a transaction that reads: the commit goes out behind it, and nothing may follow. */
  last<Row>(query: RawBuilder<Row>): Promise<Row[]>
  /** The same, rows as arrays in the order of the select list: half the memory for pages. */
  arrays(query: RawBuilder<unknown>): Promise<unknown[][]>
  /** Runs DDL or a statement without result. */
  run(query: RawBuilder<unknown>): Promise<number>
  /** Runs DDL statements without parameters in one round trip. */
  script(statements: readonly RawBuilder<unknown>[]): Promise<void>
  /** Loads rows by `COPY <target> FROM`; returns their number. `target` is made of generated names only. */
  copyIn(target: string, source: CopySource): Promise<number>
  /**
   * Unloads rows by `COPY <source> TO`, in PostgreSQL's text format. `source` is a query in brackets; COPY takes no
   * parameters, so its values are written out as quoted literals.
   */
  copyOut(source: RawBuilder<unknown>): AsyncIterable<Uint8Array>
  /**
   * Does things that do not wait for each other: where the client can, their queries go out without waiting for the answers to those
   * before. Throws what failed first, once all have ended.
   */
  together<const T extends readonly unknown[]>(begin: () => { [K in keyof T]: Promise<T[K]> }): Promise<T>
  /** Works under another role from here to the end of the transaction; null for the role of the connection. */
  setRole(role: string | null): Promise<void>
}

export type CopyIn = (client: PgClient, target: string, source: CopySource) => Promise<number>
export type CopyOut = (client: PgClient, source: string) => AsyncIterable<Uint8Array>

export function openTransaction(
  client: PgClient,
  db: Kysely<Database>,
  copy: { readonly copyIn: CopyIn; readonly copyOut: CopyOut },
  marks: Pick<Transaction, 'org' | 'tableRevision'>,
  commit: () => void,
): Transaction {
  const send = async (query: RawBuilder<unknown>, more: { readonly rowMode?: 'array' } = {}): Promise<PgResult> => {
    const { sql, parameters } = compileRaw(query)
    return await queryClient(client, { text: sql, values: [...parameters], types: typeParsers, ...more })
  }
  return {
    ...marks,
    db,
    all: async (query) => (await send(query)).rows,
    last: async (query) => {
      const sent = send(query)
      commit()
      return (await sent).rows
    },
    arrays: async (query) => (await send(query, { rowMode: 'array' })).rows,
    run: async (query) => (await send(query)).rowCount ?? 0,
    script: async (statements) => {
      await client.query({ text: statements.map((statement) => inlined(statement.compile(db))).join(';\n') })
    },
    copyIn: (target, source) => copy.copyIn(client, target, source),
    copyOut: (source) => copy.copyOut(client, compileLiteral(source)),
    together: (begin) => (client.pipeline === undefined ? allOf(begin()) : pipelined(client, () => allOf(begin()))),
    setRole: async (role) => {
      await client.query({ text: `set local role ${role === null ? 'none' : quoteIdentifier(role)}` })
    },
  }
}

/** Nothing of it goes on behind the error: the transaction ends, and the client is another's. */
async function allOf<T extends readonly unknown[]>(works: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  let failure: { readonly error: unknown } | undefined
  const noted = works.map((work) =>
    work.catch((error: unknown) => {
      failure ??= { error }
    }),
  )
  const results = await Promise.all(noted)
  if (failure !== undefined) throw failure.error
  return results as unknown as T
}

/** Several statements in one message take no parameters. */
function inlined({ sql, parameters }: CompiledQuery): string {
  if (parameters.length === 0) return sql
  throw new OpsError('INTERNAL', 'A statement that can take no parameters has some; write them with sql.lit.')
}

/** The one row that a query must give. */
export function one<Row>(rows: readonly Row[]): Row {
  const [row] = rows
  if (row === undefined) throw new OpsError('INTERNAL', 'A query that always gives a row gave none.')
  return row
}
