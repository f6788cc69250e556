import { type Kysely, type Selectable, sql } from 'kysely'
import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import type { Database } from '../db/database.ts'
import type { HttpCallsTable } from '../db/tables/http.db.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { Page } from '../store/tables.service.ts'

/** A request that a plugin sent. Kept for 14 days; holds no secret, query, header or body. */
export interface ApiCall {
  readonly id: string
  /** When its answer began, ISO 8601. */
  readonly at: string
  readonly plugin: string
  readonly connectionId: string | null
  readonly runId: string | null
  readonly method: string
  readonly host: string
  /** The path, with `:` in place of ids. */
  readonly route: string
  /** Null where no answer came. */
  readonly status: number | null
  /** Why no answer came: a code, or `CANCELLED`. */
  readonly error: string | null
  /** Until the answer began. */
  readonly ms: number
  /** 1 for the first, more for repetitions. */
  readonly attempt: number
  /** The vendor's name for the request, for questions to its support. */
  readonly requestId: string | null
}

/** What happened in a minute, kept for two days, or an hour, kept for 90 days. */
export interface ApiCallSum {
  /** Begin of the minute or hour, ISO 8601. */
  readonly at: string
  readonly plugin: string
  readonly connectionId: string | null
  readonly calls: number
  /** Answers of 4xx other than 429. */
  readonly refused: number
  /** Answers of 429. */
  readonly throttled: number
  /** Answers of 5xx, and calls without one. */
  readonly failed: number
  readonly meanMs: number
  readonly maxMs: number
}

const id = z.string().min(1).max(100)

export const callsSchema = z.strictObject({
  plugin: id.optional(),
  connectionId: id.optional(),
  runId: id.optional(),
  /** Only calls that came to no answer, or to one of 4xx or 5xx. */
  failed: z.boolean().optional(),
  cursor: z
    .string()
    .regex(/^call_[a-z0-9]{17,40}$/, say('The cursor is not one that this list gave.'))
    .optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).default(100),
})

export const sumsSchema = z.strictObject({
  plugin: id.optional(),
  connectionId: id.optional(),
  unit: z.enum(['minute', 'hour']),
  from: z.iso.datetime({ offset: true }),
  /** @default now */
  to: z.iso.datetime({ offset: true }).optional(),
})

export type ApiCallsQuery = Readonly<z.input<typeof callsSchema>>
export type ApiCallSumsQuery = Readonly<z.input<typeof sumsSchema>>

/** Sums of one answer at most. */
const sumsAtMost = 5_000

/** Calls of plugins, the newest first. */
export async function listCalls(
  session: OrgSession,
  query: ApiCallsQuery = {},
  options: CallOptions = {},
): Promise<Page<ApiCall>> {
  const { plugin, connectionId, runId, failed, cursor, limit } = checkInput(callsSchema, query)
  return await session.read(options, async ({ tx, org }) => {
    let rows = tx.db.selectFrom('http_calls').selectAll().where('org_id', '=', org.orgId)
    if (plugin !== undefined) rows = rows.where('plugin', '=', plugin)
    if (connectionId !== undefined) rows = rows.where('connection_id', '=', connectionId)
    if (runId !== undefined) rows = rows.where('run_id', '=', runId)
    if (failed === true) rows = rows.where(({ eb, or }) => or([eb('status', 'is', null), eb('status', '>=', 400)]))
    if (cursor !== undefined) rows = rows.where('id', '<', cursor)
    const found = await rows
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const items = found.slice(0, limit).map(publicCall)
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null }
  })
}

/** Calls by their ids, the oldest first; those that are not written yet, or kept no longer, are left out. */
export async function callsOf(db: Kysely<Database>, orgId: string, ids: readonly string[]): Promise<ApiCall[]> {
  if (ids.length === 0) return []
  const found = await db
    .selectFrom('http_calls')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  return found.map(publicCall)
}

function publicCall({
  connection_id: connectionId,
  run_id: runId,
  request_id: requestId,
  org_id: _org,
  ...call
}: Selectable<HttpCallsTable>): ApiCall {
  return { ...call, connectionId, runId, requestId }
}

/** How many calls went out and how they ended, by minute or hour, the oldest first; at most 5,000 sums. */
export async function readCallSums(
  session: OrgSession,
  query: ApiCallSumsQuery,
  options: CallOptions = {},
): Promise<readonly ApiCallSum[]> {
  const { plugin, connectionId, unit, from, to } = checkInput(sumsSchema, query)
  return await session.read(options, async ({ tx, org, context }) => {
    let rows = tx.db
      .selectFrom('http_metrics')
      .selectAll()
      .where('org_id', '=', org.orgId)
      .where('unit', '=', unit)
      .where('bucket', '>=', sql<string>`date_trunc(${unit}, ${from}::timestamptz, 'UTC')`)
      .where('bucket', '<=', to ?? context.now.toISOString())
    if (plugin !== undefined) rows = rows.where('plugin', '=', plugin)
    if (connectionId !== undefined) rows = rows.where('connection_id', '=', connectionId)
    const found = await rows.orderBy('bucket').orderBy('plugin').orderBy('connection_id').limit(sumsAtMost).execute()
    return found.map((row) => ({
      at: row.bucket,
      plugin: row.plugin,
      connectionId: row.connection_id === '' ? null : row.connection_id,
      calls: row.calls,
      refused: row.refused,
      throttled: row.throttled,
      failed: row.failed,
      meanMs: row.total_ms / row.calls,
      maxMs: row.max_ms,
    }))
  })
}
