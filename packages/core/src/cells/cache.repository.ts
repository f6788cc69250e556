import { type Kysely, sql } from 'kysely'
import { jsonText } from '../catalog/json-text.ts'
import type { Database } from '../db/database.ts'
import type { Json } from '../values/json.ts'

/** Answers that still stand, by key. */
export async function findCached(
  db: Kysely<Database>,
  orgId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Json>> {
  if (keys.length === 0) return new Map()
  const found = await db
    .selectFrom('cell_cache')
    .select(['key', 'outcome'])
    .where('org_id', '=', orgId)
    .where('key', '=', sql<string>`any (${[...keys]}::text[])`)
    .where(sql<boolean>`expires_at > now()`)
    .execute()
  return new Map(found.map(({ key, outcome }) => [key, outcome]))
}

/** Keeps answers for others who ask the same. */
export async function keepAnswers(
  db: Kysely<Database>,
  orgId: string,
  answers: readonly { readonly key: string; readonly outcome: Json }[],
  ttlMs: number,
): Promise<void> {
  if (answers.length === 0) return
  await db
    .insertInto('cell_cache')
    .values(
      answers.map(({ key, outcome }) => ({
        org_id: orgId,
        key,
        outcome: jsonText(outcome),
        expires_at: sql<string>`now() + make_interval(secs => ${ttlMs / 1_000})`,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['org_id', 'key'])
        .doUpdateSet({ outcome: sql`excluded.outcome`, created_at: sql`now()`, expires_at: sql`excluded.expires_at` }),
    )
    .execute()
}

/** Forgets answers that no longer stand, some at a time. */
export async function forgetExpired(db: Kysely<Database>, orgId: string): Promise<void> {
  const isExpired = sql<boolean>`expires_at <= now()`
  const some = db.selectFrom('cell_cache').select('key').where('org_id', '=', orgId).where(isExpired).limit(10_000)
  await db.deleteFrom('cell_cache').where('org_id', '=', orgId).where('key', 'in', some).execute()
}
