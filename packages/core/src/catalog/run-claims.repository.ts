import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { RunRecord } from '../db/tables/runs.db.ts'
import type { Json } from '../values/json.ts'
import { jsonText } from './json-text.ts'
import { noteChange, noteRun } from './run-log.repository.ts'

/*
 * What a process does to a run that it works on. Each statement names the token of its claim, so that a process whose
 * claim went to another one changes nothing. Times are the database's.
 */

/** A run under a claim. */
export interface ClaimedRun {
  readonly orgId: string
  readonly id: string
  readonly token: string
}

/**
 * Takes a run that nobody holds.
 *
 * @param alone no other process can hold one: claims of former processes do not count
 * @returns undefined if there is none, or somebody holds it
 */
export async function claimRun(
  db: Kysely<Database>,
  { orgId, id, token }: ClaimedRun,
  { leaseMs, alone }: { readonly leaseMs: number; readonly alone: boolean },
): Promise<RunRecord | undefined> {
  return await db
    .updateTable('runs')
    .set((eb) => ({
      state: 'running',
      lease_token: token,
      lease_until: until(leaseMs),
      attempt: eb('attempt', '+', 1),
      takeovers: sql<number>`case when state = 'running' then greatest(1, takeovers + suspected::int) else takeovers end`,
      suspected: false,
      resume_at: null,
      error: null,
      started_at: sql<string>`coalesce(started_at, now())`,
    }))
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where(({ eb, or, and }) =>
      or([
        and([eb('state', '=', 'queued'), sql<boolean>`coalesce(resume_at <= clock_timestamp(), true)`]),
        and([eb('state', '=', 'paused'), sql<boolean>`resume_at <= clock_timestamp()`]),
        and([
          eb('state', '=', 'running'),
          sql<boolean>`(lease_until is null or lease_until < clock_timestamp() or ${alone})`,
        ]),
      ]),
    )
    .returningAll()
    .executeTakeFirst()
}

/**
 * Whether so many other runs of the org are worked on. Whoever else asks waits for the end of the transaction, so that of
 * several who would take the last place one does.
 */
export async function isOrgFull(
  db: Kysely<Database>,
  { orgId, id }: Pick<ClaimedRun, 'orgId' | 'id'>,
  most: number,
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`runs of ${orgId}`}, 11))`.execute(db)
  const { count } = await db
    .selectFrom('runs')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('org_id', '=', orgId)
    .where('state', '=', 'running')
    .where('id', '<>', id)
    .where(sql<boolean>`lease_until >= clock_timestamp()`)
    .executeTakeFirstOrThrow()
  return count >= most
}

/** Where a run stands after a step. */
export interface RunStep {
  /** Steps committed before this one. */
  readonly stepsBefore: number
  readonly checkpoint: Json
  readonly done: number
  readonly total: number | null
  readonly counts: Json
  /** Whether nothing is left to do. */
  readonly finished: boolean
  /** Milliseconds since the last step. */
  readonly activeMs: number
  /** Set where the run is let go until later. */
  readonly rest?: RunRest | undefined
  /** What the log says of the end, for people. */
  readonly told?: { readonly message: string } | undefined
}

/** How a run waits that has done what it can for now. */
export type RunRest = Omit<RunHalt, 'attempt'>

/**
 * Writes where the run stands and renews the claim, in the transaction that writes the step's rows. A request to pause
 * or cancel is granted here.
 *
 * @returns undefined if the claim is lost: the transaction must not commit
 */
export async function saveRunStep(
  db: Kysely<Database>,
  run: ClaimedRun,
  { stepsBefore, checkpoint, done, total, counts, finished, activeMs, rest, told }: RunStep,
  leaseMs: number,
): Promise<RunRecord | undefined> {
  const next = finished
    ? sql<RunRecord['state']>`'done'`
    : sql<
        RunRecord['state']
      >`case requested when 'pause' then 'paused' when 'cancel' then 'cancelled' else ${rest?.state ?? 'running'} end`
  const over = finished || rest !== undefined ? sql`true` : sql`requested is not null`
  const ended = finished ? sql`true` : sql`requested = 'cancel'`
  const saved = await ofClaim(db, run)
    .set((eb) => ({
      state: next,
      requested: null,
      checkpoint: jsonText(checkpoint),
      steps: stepsBefore + 1,
      done,
      total,
      counts: jsonText(counts),
      active_ms: eb('active_ms', '+', activeMs),
      attempt: 0,
      ...unsuspected,
      lease_token: sql<string | null>`case when ${over} then null else lease_token end`,
      lease_until: sql<string | null>`case when ${over} then null else ${until(leaseMs)} end`,
      ...(rest !== undefined && restOf(rest)),
      ended_at: sql<string | null>`case when ${ended} then now() end`,
    }))
    .where('steps', '=', stepsBefore)
    .returningAll()
    .executeTakeFirst()
  // A turn that is over, or a task that is looked at again, is nothing to tell.
  const isNews = saved?.state !== 'running' && (saved?.state !== 'queued' || saved.error !== null)
  if (!isNews) return saved
  if (told === undefined || saved === undefined) return await noteChange(db, run, saved)
  await noteRun(db, run, saved.state, told)
  return saved
}

function restOf({ afterMs, error }: RunRest) {
  const after = afterMs === null ? sql`null::timestamptz` : until(afterMs)
  const told = error === null ? null : jsonText(error)
  return {
    resume_at: sql<string | null>`case when requested is null then ${after} end`,
    error: sql<string | null>`case when requested is null then ${told}::jsonb end`,
  }
}

/** The process lives: what it called did not end it. */
const unsuspected = { takeovers: 0, suspected: false } as const

/**
 * Notes that from here to the next step the process calls what may have ended those before it.
 *
 * @returns whether the claim is still held
 */
export async function suspectRun(db: Kysely<Database>, run: ClaimedRun): Promise<boolean> {
  const noted = await ofClaim(db, run).set({ suspected: true }).returning('id').executeTakeFirst()
  return noted !== undefined
}

/** Whether a pause or cancel is asked for; none can be until the transaction ends, so the step's end grants it. */
export async function isHalting(db: Kysely<Database>, { orgId, id }: ClaimedRun): Promise<boolean> {
  const found = await db
    .selectFrom('runs')
    .select('requested')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return found?.requested != null
}

/**
 * Lengthens the claim while a step takes its time.
 *
 * @returns the run as it is, or undefined if the claim is lost
 */
export async function renewClaim(
  db: Kysely<Database>,
  run: ClaimedRun,
  leaseMs: number,
): Promise<RunRecord | undefined> {
  return await ofClaim(db, run)
    .set({ lease_until: until(leaseMs) })
    .returningAll()
    .executeTakeFirst()
}

/**
 * Lets go of a run between two steps, for whoever takes it next; what was requested is granted.
 *
 * @returns undefined if the claim is lost
 */
export async function releaseRun(db: Kysely<Database>, run: ClaimedRun): Promise<Pick<RunRecord, 'state'> | undefined> {
  return await ofClaim(db, run)
    .set({
      state: sql<
        RunRecord['state']
      >`case requested when 'pause' then 'paused' when 'cancel' then 'cancelled' else 'queued' end`,
      requested: null,
      ...unsuspected,
      lease_token: null,
      lease_until: null,
      ended_at: sql<string | null>`case requested when 'cancel' then now() end`,
    })
    .returning('state')
    .executeTakeFirst()
}

/** Where a run stands that could not go on for now. */
export interface RunHalt {
  /** `queued`: it is tried again. `paused`: somebody is to do something, or time must pass. */
  readonly state: 'queued' | 'paused'
  /** When it goes on by itself, in milliseconds; null: when it is let. */
  readonly afterMs: number | null
  /** What stopped it, for people. */
  readonly error: Json
  /** Claims without a step that count so far. */
  readonly attempt: number
}

/**
 * Lets go of a run that cannot go on for now; what was requested is granted.
 *
 * @returns undefined if the claim is lost
 */
export async function haltRun(
  db: Kysely<Database>,
  run: ClaimedRun,
  { state, afterMs, error, attempt }: RunHalt,
): Promise<Pick<RunRecord, 'state'> | undefined> {
  const after = afterMs === null ? sql`null::timestamptz` : until(afterMs)
  const halted = await ofClaim(db, run)
    .set({
      state: sql<
        RunRecord['state']
      >`case requested when 'pause' then 'paused' when 'cancel' then 'cancelled' else ${state} end`,
      resume_at: sql<string | null>`case when requested is null then ${after} end`,
      requested: null,
      error: jsonText(error),
      attempt,
      ...unsuspected,
      lease_token: null,
      lease_until: null,
      ended_at: sql<string | null>`case requested when 'cancel' then now() end`,
    })
    .returning(['state', 'error'])
    .executeTakeFirst()
  return await noteChange(db, run, halted)
}

export async function failRun(db: Kysely<Database>, run: ClaimedRun, error: Json): Promise<void> {
  const failed = await ofClaim(db, run)
    .set({
      state: 'failed',
      requested: null,
      ...unsuspected,
      error: jsonText(error),
      lease_token: null,
      lease_until: null,
      ended_at: sql<string>`now()`,
    })
    .returning(['state', 'error'])
    .executeTakeFirst()
  await noteChange(db, run, failed)
}

function ofClaim(db: Kysely<Database>, { orgId, id, token }: ClaimedRun) {
  return db
    .updateTable('runs')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('lease_token', '=', token)
}

function until(leaseMs: number): RawBuilder<string> {
  return sql<string>`clock_timestamp() + make_interval(secs => ${leaseMs / 1_000})`
}
