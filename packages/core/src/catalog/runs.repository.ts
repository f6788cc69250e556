import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { RunRecord, RunState } from '../db/tables/runs.db.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { Json } from '../values/json.ts'
import { type Actor, actorText } from './actor.ts'
import { jsonText } from './json-text.ts'
import { noteRun } from './run-log.repository.ts'

/** The same words for "absent" and "not yours". */
export function runNotFound(runId: unknown): OpsError {
  return new OpsError('NOT_FOUND', say('There is no run "{id}".', { id: String(runId).slice(0, 60) }), {
    path: ['runId'],
  })
}

/** A run with whether a process holds it now, by the database's clock. */
export type HeldRun = RunRecord & { readonly held: boolean }

const held = sql<boolean>`coalesce(lease_until > clock_timestamp(), false)`.as('held')

export type NewRun = Pick<RunRecord, 'id' | 'kind' | 'table_id' | 'total' | 'operation' | 'lane' | 'key'> & {
  readonly input: object
  readonly actor: Actor
  readonly cause: Json
}

export async function insertRun(db: Kysely<Database>, orgId: string, run: NewRun): Promise<void> {
  const { input, actor, cause } = run
  await db
    .insertInto('runs')
    .values({
      ...run,
      org_id: orgId,
      input: jsonText(input),
      actor: jsonText(actor),
      cause: cause === null ? null : jsonText(cause),
    })
    .execute()
  await noteRun(db, { orgId, id: run.id }, 'queued', { by: actorText(actor) })
}

/**
 * @param lock keeps others from changing it until the transaction ends
 * @throws OpsError `NOT_FOUND`
 */
export async function findRun(db: Kysely<Database>, orgId: string, runId: string, lock = false): Promise<HeldRun> {
  const run = await db
    .selectFrom('runs')
    .selectAll()
    .select(held)
    .where('org_id', '=', orgId)
    .where('id', '=', runId)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  if (run === undefined) throw runNotFound(runId)
  return run
}

/** The run that a key has started. */
export async function runOfKey(
  db: Kysely<Database>,
  orgId: string,
  key: string,
): Promise<Pick<RunRecord, 'id' | 'kind' | 'table_id'> | undefined> {
  return await db
    .selectFrom('runs')
    .select(['id', 'kind', 'table_id'])
    .where('org_id', '=', orgId)
    .where('key', '=', key)
    .executeTakeFirst()
}

export interface RunsFilter {
  readonly tableId?: string | undefined
  readonly kind?: string | undefined
  readonly states?: readonly RunState[] | undefined
  readonly operation?: string | undefined
}

/** Runs, the newest first; `before` is the id of the last one seen. */
export async function listRuns(
  db: Kysely<Database>,
  orgId: string,
  { tableId, kind, states, operation }: RunsFilter,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<RunRecord[]> {
  return await db
    .selectFrom('runs')
    .selectAll()
    .where('org_id', '=', orgId)
    .$if(tableId !== undefined, (query) => query.where('table_id', '=', tableId ?? ''))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .$if(states !== undefined, (query) => query.where('state', '=', sql<RunState>`any (${states ?? []}::text[])`))
    .$if(operation !== undefined, (query) => query.where('operation', '=', operation ?? ''))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** What a user's request makes of a run. */
export interface RunRequest {
  readonly state: RunState
  readonly requested: RunRecord['requested']
}

export async function requestOfRun(
  db: Kysely<Database>,
  orgId: string,
  runId: string,
  { state, requested }: RunRequest,
  actor: Actor,
): Promise<void> {
  const over = state === 'cancelled'
  await db
    .updateTable('runs')
    .set({
      state,
      requested,
      resume_at: null,
      ...(state !== 'running' && { lease_token: null, lease_until: null }),
      ...(state === 'queued' && { error: null, attempt: 0 }),
      ended_at: over ? sql<string>`now()` : null,
    })
    .where('org_id', '=', orgId)
    .where('id', '=', runId)
    .execute()
  await noteRun(db, { orgId, id: runId }, state, { by: actorText(actor), ...(requested !== null && { requested }) })
}

/** Removes runs that ended before a moment (ISO 8601), the oldest first, with what they left. */
export async function deleteEndedRuns(
  db: Kysely<Database>,
  orgId: string,
  before: string,
  limit: number,
): Promise<RunRecord[]> {
  return await db
    .deleteFrom('runs')
    .where('org_id', '=', orgId)
    .where('id', 'in', (query) =>
      query
        .selectFrom('runs')
        .select('id')
        .where('org_id', '=', orgId)
        .where('ended_at', '<', before)
        .orderBy('id')
        .limit(limit),
    )
    .returningAll()
    .execute()
}
