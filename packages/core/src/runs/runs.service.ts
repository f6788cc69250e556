import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import { listRunLog } from '../catalog/run-log.repository.ts'
import { findRun, listRuns as listRecords, requestOfRun, runNotFound } from '../catalog/runs.repository.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import { publicRun, type Run } from './run.ts'
import { type RequestVerb, runRequests } from './run-requests.ts'

const runIdPattern = /^run_[a-z0-9]{17,40}$/

/** What may stand in an id or a kind. */
const nameSchema = z.string().regex(/^[\w.]{0,100}$/, 'It has letters, digits, "_" and ".", at most 100.')

const listSchema = z.object({
  tableId: nameSchema.optional(),
  kind: nameSchema.optional(),
  states: z.array(z.enum(['queued', 'running', 'paused', 'done', 'failed', 'cancelled'])).optional(),
  cursor: z.string().regex(runIdPattern, say('The cursor is not one that this list gave.')).optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).default(100),
})

export interface RunsQuery extends ListOptions {
  readonly tableId?: string | undefined
  readonly kind?: string | undefined
  /** @default all */
  readonly states?: readonly Run['state'][] | undefined
}

/** @throws OpsError `NOT_FOUND` */
export async function getRun(session: OrgSession, runId: string, options: CallOptions = {}): Promise<Run> {
  const id = checkedRunId(runId)
  return await session.read(options, async ({ tx, org }) => publicRun(await findRun(tx.db, org.orgId, id)))
}

/** Runs, the newest first. */
export async function listRuns(session: OrgSession, query: RunsQuery = {}): Promise<Page<Run>> {
  const { tableId, kind, states } = query
  const checked = checkInput(listSchema, { tableId, kind, states, cursor: query.cursor, limit: query.limit })
  return await session.read(query, async ({ tx, org }) => {
    const page = { before: checked.cursor, limit: checked.limit + 1 }
    const found = await listRecords(tx.db, org.orgId, checked, page)
    const items = found.slice(0, checked.limit)
    return { items: items.map(publicRun), nextCursor: found.length > checked.limit ? (items.at(-1)?.id ?? null) : null }
  })
}

/**
 * Stops a run after the step under way, until it is resumed.
 *
 * @throws OpsError `NOT_FOUND`; `CONFLICT` if it is over
 */
export async function pauseRun(session: OrgSession, runId: string, options: CallOptions = {}): Promise<Run> {
  return await request(session, runId, 'pause', options)
}

/**
 * Lets a run go on where it stopped: a paused one, a failed one once the cause is gone, one whose process was killed.
 * Withdraws a request to pause or cancel that was not granted yet.
 *
 * @throws OpsError `NOT_FOUND`; `CONFLICT` if it is over
 */
export async function resumeRun(session: OrgSession, runId: string, options: CallOptions = {}): Promise<Run> {
  const run = await request(session, runId, 'resume', options)
  session.wakeRun(run.id)
  return run
}

/**
 * Ends a run after the step under way. What it wrote stays; `undoOperation(run.operation)` takes it back.
 *
 * @throws OpsError `NOT_FOUND`; `CONFLICT` if it is done
 */
export async function cancelRun(session: OrgSession, runId: string, options: CallOptions = {}): Promise<Run> {
  return await request(session, runId, 'cancel', options)
}

async function request(session: OrgSession, runId: string, verb: RequestVerb, options: CallOptions): Promise<Run> {
  const id = checkedRunId(runId)
  return await session.write(options, async ({ tx, org }) => {
    const run = await findRun(tx.db, org.orgId, id, true)
    const outcome = runRequests[run.state === 'running' && !run.held ? 'abandoned' : run.state][verb]
    if (outcome === 'refused')
      throw new OpsError(
        'CONFLICT',
        say('The run is {~state}; it is too late to {~verb} it.', { state: run.state, verb }),
      )
    if (outcome === 'nothing') return publicRun(run)
    await requestOfRun(tx.db, org.orgId, id, outcome, session.actor)
    return publicRun(await findRun(tx.db, org.orgId, id))
  })
}

/** What happened to a run, beside its progress. */
export interface RunLogEntry {
  /** ISO 8601. */
  readonly at: string
  /** What it was from then on. */
  readonly state: Run['state']
  /** Why: an error's code and what it says; null where somebody asked for it. */
  readonly code: string | null
  readonly message: string | null
  /** Who asked for it: `user:u1`; null for what happened by itself. */
  readonly by: string | null
  /** What somebody asked of a run under way, to be granted after its step. */
  readonly requested: 'pause' | 'cancel' | null
}

const logSchema = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, say('The cursor is not one that this list gave.'))
    .optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).default(100),
})

const detailSchema = z.object({
  code: z.string().nullable().default(null),
  message: z.string().nullable().default(null),
  by: z.string().nullable().default(null),
  requested: z.enum(['pause', 'cancel']).nullable().default(null),
})

/**
 * When a run was queued, paused, resumed, ended, and why; the newest first. Its calls are in `calls.list({ runId })`.
 *
 * @throws OpsError `NOT_FOUND`
 */
export async function readRunLog(
  session: OrgSession,
  runId: string,
  query: ListOptions = {},
): Promise<Page<RunLogEntry>> {
  const id = checkedRunId(runId)
  const { cursor, limit } = checkInput(logSchema, { cursor: query.cursor, limit: query.limit })
  return await session.read(query, async ({ tx, org }) => {
    await findRun(tx.db, org.orgId, id)
    const found = await listRunLog(tx.db, org.orgId, id, { before: cursor, limit: limit + 1 })
    const items = found.slice(0, limit)
    return {
      items: items.map(({ number, state, detail }) => ({
        at: new Date(Number(number) / 1_000).toISOString(),
        state,
        ...detailSchema.parse(detail ?? {}),
      })),
      nextCursor: found.length > limit ? (items.at(-1)?.number ?? null) : null,
    }
  })
}

/** @throws OpsError `NOT_FOUND` for what no run is called */
export function checkedRunId(runId: string): string {
  if (typeof runId !== 'string' || !runIdPattern.test(runId)) throw runNotFound(runId)
  return runId
}
