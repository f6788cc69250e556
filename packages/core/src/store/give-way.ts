import type { OpenDatabase } from '../db/open-database.ts'
import type { CallOptions } from '../db/transaction.ts'
import { isOpsError } from '../errors/ops-error.ts'

/**
 * A change of a definition that waits for its lock holds up every reader and writer behind it: so it waits for a moment
 * only, and then ends what the index advisor is doing to the org's tables. That is taken up again by its next run.
 */
const patienceMs = 2_000

export async function withRightOfWay<T>(
  options: CallOptions & { readonly lockTimeoutMs?: number },
  endBuilds: () => Promise<void>,
  define: (options: CallOptions & { readonly lockTimeoutMs?: number }) => Promise<T>,
): Promise<T> {
  if (options.lockTimeoutMs !== undefined) return await define(options)
  try {
    return await define({ ...options, lockTimeoutMs: patienceMs })
  } catch (error) {
    if (!isOpsError(error, 'CONTENTION')) throw error
    await endBuilds()
    return await define(options)
  }
}

/** Ends the index builds and vacuums that this login runs on tables of a schema, in whatever process. */
export async function endBuildsIn(database: OpenDatabase, schema: string): Promise<void> {
  if (database.kind === 'embedded') return
  await database.asLogin((client) =>
    client.query({
      text: `select pg_cancel_backend(a.pid) from pg_stat_activity as a
        where a.usename = current_user and a.pid in (
          select p.pid from pg_stat_progress_create_index as p join pg_class as c on c.oid = p.relid
            where p.datname = current_database() and c.relnamespace = to_regnamespace($1)
          union all
          select p.pid from pg_stat_progress_vacuum as p join pg_class as c on c.oid = p.relid
            where p.datname = current_database() and c.relnamespace = to_regnamespace($1))`,
      values: [schema],
    }),
  )
}
