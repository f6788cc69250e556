import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import * as z from 'zod'
import type { Actor } from '../catalog/actor.ts'
import { insertAuditEntry, lastAuditEntry, listAuditEntries } from '../catalog/audit.repository.ts'
import { jsonRecordSchema } from '../catalog/json-input.ts'
import { limits } from '../catalog/limits.ts'
import type { AuditRecord } from '../db/tables/access.db.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { Page } from '../store/tables.service.ts'
import type { Json } from '../values/json.ts'
import { plainText } from '../values/plain-text.ts'

/** Something that someone did, or was refused. */
export interface AuditEntry {
  /** 1, 2, 3 … without a gap, as text. */
  readonly seq: string
  /** ISO 8601. */
  readonly at: string
  readonly actor: Pick<Actor, 'type' | 'id'>
  readonly action: string
  readonly outcome: 'done' | 'refused' | 'failed'
  /** What it was done to: a table's id, a key's. */
  readonly target: string | null
  readonly requestId: string | null
  readonly detail: Json
  /** Over this entry and the hash of the one before. */
  readonly hash: string
}

export const auditInputSchema = z.strictObject({
  action: plainText(100).min(1),
  outcome: z.enum(['done', 'refused', 'failed']),
  target: plainText(200).optional(),
  requestId: plainText(100).optional(),
  /** At most 4,000 characters as JSON, and no secrets. */
  detail: jsonRecordSchema
    .refine((detail) => JSON.stringify(detail).length <= 4_000, 'A detail has at most 4,000 characters as JSON.')
    .optional(),
})

export type AuditInput = Readonly<z.input<typeof auditInputSchema>>

export const auditQuerySchema = z.strictObject({
  /** `user:u1` */
  actor: plainText(300).optional(),
  action: plainText(100).optional(),
  outcome: z.enum(['done', 'refused', 'failed']).optional(),
  target: plainText(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, 'The cursor is not one that this log gave.')
    .optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).optional(),
})

export type AuditQuery = Readonly<z.infer<typeof auditQuerySchema>>

const beginning = '0'.repeat(64)

/** Adds an entry in the actor's name. Entries of an org go one after the other. @throws OpsError `INVALID_INPUT` */
export async function addAuditEntry(
  session: OrgSession,
  input: AuditInput,
  options: CallOptions = {},
): Promise<AuditEntry> {
  const { action, outcome, target = null, requestId = null, detail = {} } = checkInput(auditInputSchema, input)
  return await session.write(options, async ({ tx, org: { orgId }, actor, context }) => {
    await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`opslayer audit ${orgId}`}, 0))`)
    const last = await lastAuditEntry(tx.db, orgId)
    const entry = {
      seq: String(BigInt(last?.seq ?? 0) + 1n),
      at: context.now.toISOString(),
      actor: { type: actor.type, id: actor.id },
      action,
      outcome,
      target,
      requestId,
      detail,
    }
    const hash = hashOf(last?.hash ?? beginning, entry)
    await insertAuditEntry(tx.db, {
      org_id: orgId,
      seq: entry.seq,
      at: entry.at,
      actor_type: actor.type,
      actor_id: actor.id,
      action,
      outcome,
      target,
      request_id: requestId,
      detail,
      hash,
    })
    return { ...entry, hash }
  })
}

/** Entries, the newest first. @throws OpsError `INVALID_INPUT` */
export async function listAudit(
  session: OrgSession,
  query: AuditQuery = {},
  options: CallOptions = {},
): Promise<Page<AuditEntry>> {
  const { cursor, limit = 100, ...filter } = checkInput(auditQuerySchema, query)
  return await session.read(options, async ({ tx, org }) => {
    const page = { dir: 'desc', behind: cursor ?? null, limit: limit + 1 } as const
    const found = await listAuditEntries(tx.db, org.orgId, filter, page)
    const items = found.slice(0, limit).map(entryOf)
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.seq ?? null) : null }
  })
}

/** Entries of one read when the whole log is gone through. */
const perRead = 1_000

/** The whole log from its beginning, entry by entry: for archives outside of opslayer. */
export async function* exportAudit(session: OrgSession, options: CallOptions = {}): AsyncGenerator<AuditEntry> {
  let behind: string | null = null
  for (;;) {
    const page: AuditEntry[] = await session.read(options, async ({ tx, org }) =>
      (await listAuditEntries(tx.db, org.orgId, {}, { dir: 'asc', behind, limit: perRead })).map(entryOf),
    )
    yield* page
    if (page.length < perRead) return
    behind = page.at(-1)?.seq ?? null
  }
}

/** A place in the log that was written down elsewhere: what shows that the end was not cut off. */
export const auditHeadSchema = z.strictObject({ seq: z.string().regex(/^\d{1,18}$/), hash: z.string().length(64) })

export type AuditHead = Readonly<z.infer<typeof auditHeadSchema>>

export interface AuditVerdict {
  /** Whether every entry is as it was written, and none is missing. */
  readonly intact: boolean
  /** The first entry that is not, or is missing; null if all is well. */
  readonly brokenAt: string | null
  readonly entries: number
  /** The last entry: write it down elsewhere, and hand it to a later check. null for an empty log. */
  readonly head: AuditHead | null
}

/**
 * Goes through the chain of hashes.
 *
 * @param known the `head` of an earlier check: without it, entries cut off at the end are not noticed
 */
export async function verifyAudit(
  session: OrgSession,
  known?: AuditHead | undefined,
  options: CallOptions = {},
): Promise<AuditVerdict> {
  const anchor = known === undefined ? undefined : checkInput(auditHeadSchema, known, ['known'])
  let head: AuditHead | null = null
  let entries = 0
  const broken = (brokenAt: string): AuditVerdict => ({ intact: false, brokenAt, entries, head })
  for await (const { hash, ...entry } of exportAudit(session, options)) {
    const expected: string = String(entries + 1)
    if (entry.seq !== expected) return broken(expected)
    if (hashOf(head?.hash ?? beginning, entry) !== hash) return broken(entry.seq)
    if (anchor?.seq === entry.seq && anchor.hash !== hash) return broken(entry.seq)
    head = { seq: entry.seq, hash }
    entries += 1
  }
  if (anchor !== undefined && BigInt(anchor.seq) > BigInt(entries)) return broken(String(entries + 1))
  return { intact: true, brokenAt: null, entries, head }
}

function hashOf(before: string, entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, at, actor, action, outcome, target, requestId, detail } = entry
  const parts = [before, seq, at, actor.type, actor.id, action, outcome, target, requestId, sorted(detail)]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** The database does not keep the order of an object's members. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]))
}

function entryOf(record: AuditRecord): AuditEntry {
  return {
    seq: record.seq,
    at: new Date(record.at).toISOString(),
    actor: { type: record.actor_type as Actor['type'], id: record.actor_id },
    action: record.action,
    outcome: record.outcome as AuditEntry['outcome'],
    target: record.target,
    requestId: record.request_id,
    detail: record.detail,
    hash: record.hash,
  }
}
