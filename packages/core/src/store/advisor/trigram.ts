import { type RawBuilder, sql } from 'kysely'
import { isPostgresError } from '../../db/database-errors.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { quoteIdentifier } from '../../db/quote.ts'
import { isOpsError } from '../../errors/ops-error.ts'

/** The operator class of trigram indexes with its schema, or why the database has none. */
export type Trigram = { readonly operators: RawBuilder<unknown> } | { readonly missing: string }

const findSql = `select n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'`

/**
 * Looks for the extension pg_trgm, and makes it in the schema of the catalog if it is nowhere: a host that makes it
 * elsewhere later is told so by PostgreSQL, and one that had it before keeps it where it is.
 */
export async function findTrigram(database: OpenDatabase): Promise<Trigram> {
  const schema = (await readSchema(database)) ?? (await makeExtension(database))
  return schema === null
    ? {
        missing: 'The database has no extension pg_trgm and does not let opslayer make it: `create extension pg_trgm`.',
      }
    : { operators: sql.id(schema, 'gin_trgm_ops') }
}

async function readSchema(database: OpenDatabase): Promise<string | null> {
  return await database.asLogin(async (client) => {
    const { rows } = await client.query({ text: findSql })
    return rows[0]?.schema ?? null
  })
}

async function makeExtension(database: OpenDatabase): Promise<string | null> {
  try {
    await database.asLogin((client) =>
      client.query({ text: `create extension if not exists pg_trgm with schema ${quoteIdentifier(database.schema)}` }),
    )
  } catch (error) {
    // Not allowed, not installed, or made by another process this very moment: the look-up below tells.
    if (!isOpsError(error) || !isPostgresError(error.cause)) throw error
  }
  return await readSchema(database)
}
