import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { RunRecord, RunState } from '../db/tables/runs.db.ts'
import type { Json } from '../values/json.ts'
import { jsonText } from './json-text.ts'

/** Notes what a run has become, in the transaction that makes it so. */
export async function noteRun(
  db: Kysely<Database>,
  { orgId, id }: { readonly orgId: string; readonly id: string },
  state: RunState,
  detail: Json = null,
): Promise<void> {
  await db
    .insertInto('run_log')
    .values({
      org_id: orgId,
      run_id: id,
      number: sql<string>`(extract(epoch from clock_timestamp()) * 1000000)::bigint`,
      state,
      detail: detail === null ? null : jsonText(detail),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The same for a run that a statement has changed; nothing for one that it has not found. */
export async function noteChange<Run extends Pick<RunRecord, 'state' | 'error'>>(
  db: Kysely<Database>,
  run: { readonly orgId: string; readonly id: string },
  changed: Run | undefined,
): Promise<Run | undefined> {
  if (changed !== undefined) await noteRun(db, run, changed.state, changed.error)
  return changed
}

export interface RunLogRecord {
  readonly number: string
  readonly state: RunState
  readonly detail: Json
}

/** Entries of a run, the newest first; `before` is the number of the last one seen. */
export async function listRunLog(
  db: Kysely<Database>,
  orgId: string,
  runId: string,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<readonly RunLogRecord[]> {
  return await db
    .selectFrom('run_log')
    .select(['number', 'state', 'detail'])
    .where('org_id', '=', orgId)
    .where('run_id', '=', runId)
    .$if(before !== undefined, (query) => query.where('number', '<', before ?? ''))
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
}
