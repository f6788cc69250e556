import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { QuerySampleRecord } from '../db/tables/advice.db.ts'
import type { Json } from '../values/json.ts'

export interface NewQuerySample {
  readonly tableId: string
  /** Equal for equal definitions. */
  readonly shape: string
  readonly definition: Json
  readonly calls: number
  readonly totalMs: number
  readonly maxMs: number
  readonly lastAt: Date
}

/** Adds to what is known of the shapes. Samples of tables that are gone are passed over. */
export async function addQuerySamples(
  db: Kysely<Database>,
  orgId: string,
  samples: readonly NewQuerySample[],
): Promise<void> {
  if (samples.length === 0) return
  const present = await db
    .selectFrom('tables')
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', 'in', [...new Set(samples.map(({ tableId }) => tableId))])
    .execute()
  const ids = new Set(present.map(({ id }) => id))
  // In one order in all processes, so that two of them never wait for each other in a circle.
  const rows = samples
    .filter(({ tableId }) => ids.has(tableId))
    .sort((a, b) => (`${a.tableId} ${a.shape}` < `${b.tableId} ${b.shape}` ? -1 : 1))
    .map((sample) => ({
      org_id: orgId,
      table_id: sample.tableId,
      shape: sample.shape,
      definition: JSON.stringify(sample.definition),
      calls: sample.calls,
      total_ms: sample.totalMs,
      max_ms: sample.maxMs,
      last_at: sample.lastAt.toISOString(),
    }))
  if (rows.length === 0) return
  await db
    .insertInto('query_samples')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'table_id', 'shape']).doUpdateSet((eb) => ({
        calls: eb('query_samples.calls', '+', eb.ref('excluded.calls')),
        total_ms: eb('query_samples.total_ms', '+', eb.ref('excluded.total_ms')),
        max_ms: sql<number>`greatest(${eb.ref('query_samples.max_ms')}, ${eb.ref('excluded.max_ms')})`,
        last_at: sql<string>`greatest(${eb.ref('query_samples.last_at')}, ${eb.ref('excluded.last_at')})`,
      })),
    )
    .execute()
}

export async function listQuerySamples(
  db: Kysely<Database>,
  orgId: string,
  tableId: string,
): Promise<QuerySampleRecord[]> {
  return await db
    .selectFrom('query_samples')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('table_id', '=', tableId)
    .orderBy('total_ms', 'desc')
    .limit(500)
    .execute()
}

/** Forgets shapes that nobody asked for since `before`. */
export async function deleteOldQuerySamples(db: Kysely<Database>, orgId: string, before: Date): Promise<void> {
  await db.deleteFrom('query_samples').where('org_id', '=', orgId).where('last_at', '<', before.toISOString()).execute()
}
