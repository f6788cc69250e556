import type { CompiledQuery } from 'kysely'
import { envelopeError, isPostgresError, toOpsError } from './database-errors.ts'
import { refuseNesting } from './nesting.ts'
import { isOutdated, pipelined } from './pipelined.ts'
import type { PgPool } from './pool.ts'
import { queryClient } from './query-client.ts'
import type { Roles } from './roles.ts'
import { typeParsers } from './type-parsers.ts'

/**
 * Runs one statement in a transaction of its own. Envelope, statement and commit go out one behind the other without
 * waiting for answers: one round trip in place of three, which for the edit of a cell is half of its time.
 *
 * @param envelope one that asserts what the caller assumes, since nobody looks at its answer before the statement runs
 * @returns undefined if nothing was done, because the assumptions do not hold or the client cannot send like that
 */
export async function runSingle<Row>(
  pool: PgPool,
  roles: Roles,
  envelope: string,
  statement: CompiledQuery<Row>,
): Promise<Row[] | undefined> {
  refuseNesting()
  const client = await pool.connect().catch((error) => Promise.reject(toOpsError(error)))
  let usable = true
  try {
    if (client.pipeline === undefined) return undefined
    const queries = [
      { text: envelope },
      { text: statement.sql, values: [...statement.parameters], types: typeParsers },
      { text: 'commit' },
    ]
    const send = () => Promise.allSettled(queries.map((query) => queryClient(client, query)))
    const [opened, answered, committed] = await pipelined(client, send)
    const failed = [opened, answered, committed].find((outcome) => outcome?.status === 'rejected')
    if (failed === undefined) return answered?.status === 'fulfilled' ? answered.value.rows : undefined
    // After an error the commit has rolled back: what answers with an error of PostgreSQL is fit for its next user.
    usable = isPostgresError(failed.reason)
    if (failed === opened && isOutdated(failed.reason)) return undefined
    throw toOpsError(failed === opened ? envelopeError(failed.reason, roles) : failed.reason)
  } finally {
    client.release(!usable)
  }
}
