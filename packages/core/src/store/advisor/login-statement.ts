import type { OpenDatabase } from '../../db/open-database.ts'
import type { PgClient } from '../../db/pool.ts'
import { isOpsError } from '../../errors/ops-error.ts'

/**
 * Runs one statement that PostgreSQL does not allow inside a transaction, without time limit, and ends it when the
 * signal aborts: `create index concurrently`, `vacuum`.
 *
 * @throws the signal's reason; OpsError
 */
export async function loginStatement(
  database: OpenDatabase,
  text: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted()
  try {
    await database.asLogin(async (client) => {
      const stop = cancelWhenAborted(database, client, signal)
      try {
        await withoutTimeout(database, client, () => client.query({ text }))
      } finally {
        await stop()
      }
    })
  } catch (error) {
    if (signal?.aborted === true && isOpsError(error)) throw signal.reason
    throw error
  }
}

/**
 * A time limit that the host has set for its role or connection would end every build of a large index. The statement
 * stands outside transactions, so the limit is set on the connection and taken back on it.
 */
async function withoutTimeout(database: OpenDatabase, client: PgClient, work: () => Promise<unknown>): Promise<void> {
  const { rows } = await client.query({ text: `select current_setting('statement_timeout') as limit` })
  const limited = database.kind === 'server' && rows[0]?.limit !== '0'
  if (limited) await client.query({ text: 'set statement_timeout = 0' })
  try {
    await work()
  } finally {
    if (limited) await client.query({ text: 'reset statement_timeout' })
  }
}

/** The returned function waits for a cancel under way, so that it never hits the next user of the connection. */
function cancelWhenAborted(
  database: OpenDatabase,
  client: PgClient,
  signal: AbortSignal | undefined,
): () => Promise<void> {
  const pid = client.processID
  if (signal === undefined || database.kind === 'embedded' || typeof pid !== 'number') return async () => {}
  let sending: Promise<unknown> | undefined
  const cancel = (): void => {
    sending = database
      .asLogin((other) => other.query({ text: 'select pg_cancel_backend($1)', values: [pid] }))
      .catch(() => {}) // No connection to cancel over: the statement runs to its end.
  }
  signal.addEventListener('abort', cancel, { once: true })
  return async () => {
    signal.removeEventListener('abort', cancel)
    await sending
  }
}
