import type { RawBuilder } from 'kysely'
import { type Announcements, announcementsBy, noAnnouncements } from './announcements.ts'
import { cancelOnAbort } from './cancellation.ts'
import { kyselyOf } from './client-kysely.ts'
import { type ClientLease, leaseOf } from './client-lease.ts'
import { compileRaw } from './compile-raw.ts'
import { copyInOverWire, copyOutOverWire } from './copy-over-wire.ts'
import type { Database } from './database.ts'
import { envelopeError, isPostgresError, toOpsError } from './database-errors.ts'
import { type DatabaseInput, isEmbeddedDirectory, isSharedEmbedded } from './database-input.ts'
import { openEmbedded } from './embedded/open-embedded.ts'
import { type AssumedMarks, envelopeText, type OrgLock, type Scope, type TableLock } from './envelope.ts'
import { hasCatalogTable } from './has-catalog-table.ts'
import { hearLostConnections } from './lost-connections.ts'
import { insideTransaction, refuseNesting } from './nesting.ts'
import { behindEnvelope } from './pipelined.ts'
import type { PgClient, PgPool, PgResult } from './pool.ts'
import { quoteIdentifier } from './quote.ts'
import { type Roles, rolesOf } from './roles.ts'
import { serverPool } from './server-pool.ts'
import { runSingle } from './single-statement.ts'
import {
  type CallOptions,
  type CopyIn,
  type CopyOut,
  type OrgMark,
  openTransaction,
  type Transaction,
} from './transaction.ts'

export interface TransactionOptions extends CallOptions {
  readonly scope: Scope
  readonly mode: 'read' | 'write'
  /** Longest wait for a lock, in milliseconds. @default 10000 */
  readonly lockTimeoutMs?: number
  /** The user's table that the transaction works on. Its id must be well-formed; it is quoted all the same. */
  readonly table?: TableLock
  /** @default 'shared' for writes, 'none' for reads */
  readonly orgLock?: OrgLock
  /**
   * What is known of the org and the table: the first statement then follows the envelope without waiting for its
   * answer, where the client can send like that. `work` must do nothing else that lasts before a statement of it has
   * answered.
   */
  readonly assumed?: AssumedMarks | undefined
}

/** No signal: once sent, it cannot be held back. */
export interface SingleOptions {
  readonly scope: Scope
  readonly table: TableLock
  readonly assumed: AssumedMarks
  readonly timeoutMs?: number | undefined
}

/** One PostgreSQL database, whatever it runs on. */
export interface OpenDatabase {
  readonly kind: 'server' | 'embedded'
  /** Schema of the catalog. */
  readonly schema: string
  readonly roles: Roles
  /** What this process and the others of the database tell each other. */
  readonly announcements: Announcements
  /**
   * Runs `work` in a transaction under a dropped role: committed when it resolves, rolled back when it throws.
   *
   * @throws Outdated if the org and the table are not as assumed
   */
  transaction<T>(options: TransactionOptions, work: (tx: Transaction) => Promise<T>): Promise<T>
  /**
   * Runs one write in a transaction of its own, in one round trip, on what is known of the org and the table.
   *
   * @returns undefined if nothing was done and a {@link transaction} is to do it
   */
  single<Row>(options: SingleOptions, statement: RawBuilder<Row>): Promise<Row[] | undefined>
  /** Lends a client in the login role, outside any transaction: migrations, `create index concurrently`. */
  asLogin<T>(work: (client: PgClient) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Where connections come from, and the two things that differ between a server and the embedded database. */
interface Connections {
  readonly kind: 'server' | 'embedded'
  readonly pool: PgPool
  readonly copyIn: CopyIn
  readonly copyOut: CopyOut
  readonly guard: <T>(
    lease: ClientLease,
    options: { timeoutMs: number; signal: AbortSignal | undefined },
    work: () => Promise<T>,
  ) => Promise<T>
  readonly close: () => Promise<void>
}

const defaultTimeoutMs = { read: 30_000, write: 60_000 } as const
const defaultLockTimeoutMs = 10_000

/** Connects, or takes the host's pool, and learns the database's name. */
export async function openDatabase(input: DatabaseInput, schema: string): Promise<OpenDatabase> {
  const connections = await connect(input)
  const roles = await installedRoles(connections.pool, schema)
  const announcements = connections.kind === 'server' ? announcementsBy(connections.pool, schema) : noAnnouncements
  return {
    kind: connections.kind,
    schema,
    roles,
    announcements,
    transaction: (options, work) => runTransaction(connections, schema, roles, options, work),
    single: async (options, statement) => {
      if (connections.kind === 'embedded') return undefined
      const { timeoutMs = defaultTimeoutMs.write } = options
      const limits = { timeoutMs, lockTimeoutMs: defaultLockTimeoutMs, roles }
      const envelope = envelopeText({ ...options, ...limits, catalog: quoteIdentifier(schema), mode: 'write' })
      return await runSingle(connections.pool, roles, envelope, compileRaw(statement))
    },
    asLogin: (work) => lend(connections.pool, work),
    close: async () => {
      await announcements.close()
      await connections.close()
    },
  }
}

async function connect(input: DatabaseInput): Promise<Connections> {
  if (isEmbeddedDirectory(input)) {
    const embedded = isSharedEmbedded(input) ? input.connect() : await openEmbedded({ directory: input.directory })
    return {
      kind: 'embedded',
      pool: hearLostConnections(embedded.pool),
      copyIn: embedded.copyIn,
      copyOut: async function* (client, source) {
        yield await embedded.copyOut(client, source)
      },
      guard: ({ client }, limits, work) => embedded.withDeadline({ ...limits, client }, work),
      close: embedded.close,
    }
  }
  const owned = typeof input === 'string' ? serverPool(input) : undefined
  const pool = hearLostConnections(owned ?? (input as PgPool))
  return {
    kind: 'server',
    pool,
    copyIn: copyInOverWire,
    copyOut: copyOutOverWire,
    guard: async (lease, { signal }, work) => {
      const stopWatching = cancelOnAbort(pool, lease, signal)
      try {
        return await work()
      } finally {
        await stopWatching()
      }
    },
    close: async () => owned?.end(),
  }
}

/**
 * The roles that the catalog was made for, or those that the first migration will make. Their names are read, not
 * derived, because a database may be copied, renamed or restored under another name.
 */
async function installedRoles(pool: PgPool, schema: string): Promise<Roles> {
  return await lend(pool, async (client) => {
    const { rows } = await client.query({ text: 'select current_database() as name' })
    const derived = rolesOf(rows[0].name)
    try {
      if (!(await hasCatalogTable(client, schema, 'installation'))) return derived
      const installation = `${quoteIdentifier(schema)}.installation`
      const found = await client.query({ text: `select org_role as org, system_role as system from ${installation}` })
      return found.rows[0] ?? derived
    } catch (error) {
      throw envelopeError(error, derived)
    }
  })
}

async function lend<T>(pool: PgPool, work: (client: PgClient) => Promise<T>): Promise<T> {
  refuseNesting()
  let client: PgClient | undefined
  let failure: unknown
  try {
    client = await pool.connect()
    return await work(client)
  } catch (error) {
    failure = error
    throw toOpsError(error)
  } finally {
    client?.release(failure !== undefined && !isPostgresError(failure))
  }
}

async function runTransaction<T>(
  connections: Connections,
  schema: string,
  roles: Roles,
  options: TransactionOptions,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  refuseNesting()
  const { signal, timeoutMs = defaultTimeoutMs[options.mode], lockTimeoutMs = defaultLockTimeoutMs } = options
  signal?.throwIfAborted()
  const client = await clientOf(connections.pool, signal)
  const lease = leaseOf(client)
  let usable = false
  let committed: Promise<void> | undefined
  try {
    const result = await connections.guard(lease, { timeoutMs, signal }, async () => {
      const { assumed: known, ...rest } = options
      const assumed = client.pipeline === undefined ? undefined : known
      const limits = { timeoutMs, lockTimeoutMs, roles }
      const text = envelopeText({ ...rest, ...limits, assumed, catalog: quoteIdentifier(schema) })
      const inside = async (marks: Marks): Promise<T> => {
        const commitBehind = (): void => {
          if (client.pipeline === true) committed = commit(client)
        }
        const tx = openTransaction(client, kyselyOf<Database>(client, schema), connections, marks, commitBehind)
        try {
          return await insideTransaction(() => work(tx))
        } finally {
          await committed
        }
      }
      if (assumed !== undefined) return await behindEnvelope(client, text, roles, () => inside(marksOf(assumed)))
      const opened = await client.query({ text }).catch((error) => Promise.reject(envelopeError(error, roles)))
      return await inside(marksIn(opened))
    })
    // The signal may have come between two statements, where a cancel hits nothing.
    signal?.throwIfAborted()
    if (committed === undefined) await commit(client)
    usable = true
    return result
  } catch (error) {
    usable = await rollBack(client)
    if (signal?.aborted === true) throw signal.reason
    throw toOpsError(error)
  } finally {
    lease.release(!usable)
  }
}

async function commit(client: PgClient): Promise<void> {
  await client.query({ text: 'commit' })
}

type Marks = Pick<Transaction, 'org' | 'tableRevision'>

function marksOf({ shortId, revision, tableRevision }: AssumedMarks): Marks {
  return { org: { shortId, revision, state: 'live' }, tableRevision }
}

/** `pg` answers a message of several statements with an array of results. */
function marksIn(opened: PgResult | readonly PgResult[]): Marks {
  const last = Array.isArray(opened) ? opened.at(-1) : opened
  const row = last?.rows[0]
  if (typeof row?.short_id !== 'string') return { org: null, tableRevision: null }
  const org: OrgMark = { shortId: row.short_id, revision: row.revision, state: row.state }
  return { org, tableRevision: row.table_revision }
}

/** Waits for a client of the pool, no longer than the signal lets it; one that comes too late goes back. */
async function clientOf(pool: PgPool, signal: AbortSignal | undefined): Promise<PgClient> {
  const connecting = pool.connect().catch((error) => Promise.reject(toOpsError(error)))
  if (signal === undefined) return await connecting
  const aborted = Promise.withResolvers<never>()
  const onAbort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([connecting, aborted.promise])
  } catch (error) {
    connecting.then(
      (late) => late.release(),
      () => {}, // It failed, or nobody waits for it any more.
    )
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

async function rollBack(client: PgClient): Promise<boolean> {
  try {
    await client.query({ text: 'rollback' })
    return true
  } catch {
    return false
  }
}
