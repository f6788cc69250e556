import type { OpenDatabase } from './open-database.ts'

/** What a database says of itself, for whoever looks after it. */
export interface DatabaseFacts {
  readonly kind: 'server' | 'embedded'
  /** `18.4`; opslayer needs 15 or later. */
  readonly version: string
  /** The role that opslayer connects as. */
  readonly role: string
  /** How far the database's clock is ahead of this process's, in milliseconds, give or take half of the way there and back. */
  readonly clockAheadMs: number
  /** Schema of the extension pg_trgm, which searches within texts are fast by; null where there is none. */
  readonly trigramSchema: string | null
  /** Connections that the server lets in, all its users together. */
  readonly maxConnections: number
}

export async function databaseFacts(database: OpenDatabase): Promise<DatabaseFacts> {
  return await database.asLogin(async (client) => {
    const begun = Date.now()
    const { rows } = await client.query({
      text: `select current_setting('server_version') as version, current_user::text as role,
        (extract(epoch from clock_timestamp()) * 1000)::text as now, current_setting('max_connections')::int as connections,
        (select n.nspname::text from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm') as trigram`,
    })
    const { version, role, now, connections, trigram } = rows[0]
    return {
      kind: database.kind,
      version: String(version).split(' ', 1)[0] ?? '',
      role,
      clockAheadMs: Math.round(Number(now) - (begun + Date.now()) / 2),
      trigramSchema: trigram,
      maxConnections: connections,
    }
  })
}
