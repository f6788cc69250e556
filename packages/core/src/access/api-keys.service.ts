import * as z from 'zod'
import type { Actor } from '../catalog/actor.ts'
import { actorText } from '../catalog/actor.ts'
import { findApiKey, insertApiKey, listApiKeys, markApiKey } from '../catalog/api-keys.repository.ts'
import { nameSchema } from '../catalog/column-input.ts'
import { limits } from '../catalog/limits.ts'
import { newId } from '../catalog/new-id.ts'
import { presentTables, tableNotFound } from '../catalog/tables.repository.ts'
import type { ApiKeyRecord } from '../db/tables/access.db.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { Access } from '../store/table-access.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import { plainText } from '../values/plain-text.ts'
import { digestOf, isSecretOf, type KeyToken, newSecret, printToken } from './api-key-token.ts'

/** A key by which a program of the org's calls. */
export interface ApiKey {
  /** `apk_…` */
  readonly id: string
  readonly name: string
  /** What it may do, in the words of the server's authorisation. */
  readonly role: string
  /** The only tables that are there for it; null for all. */
  readonly tableIds: readonly string[] | null
  /** ISO 8601, like all times here; null for never. */
  readonly expiresAt: string | null
  /** To the minute. */
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
  readonly createdAt: string
  readonly createdBy: string
}

/** A key that was just made: the only time that its text is told. */
export interface NewApiKey extends ApiKey {
  /** What the program sends: `Authorization: Bearer opk.…`. */
  readonly token: string
}

export const apiKeyInputSchema = z.strictObject({
  name: nameSchema,
  role: plainText(50).min(1),
  tableIds: z.array(plainText(100)).min(1).max(100).optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
})

export type ApiKeyInput = Readonly<z.input<typeof apiKeyInputSchema>>

/** Who calls by a key. */
export interface KeyIdentity {
  readonly orgId: string
  readonly actor: Actor
  /** Present where the key is for some tables only. */
  readonly access?: Access
}

/** @throws OpsError `INVALID_INPUT`, `NOT_FOUND` for a table that is not there */
export async function createApiKey(
  session: OrgSession,
  input: ApiKeyInput,
  options: CallOptions = {},
): Promise<NewApiKey> {
  const { name, role, tableIds = null, expiresAt = null } = checkInput(apiKeyInputSchema, input)
  const secret = newSecret()
  return await session.write(options, async ({ tx, org: { orgId }, actor, context }) => {
    if (expiresAt !== null && Date.parse(expiresAt) <= context.now.getTime())
      throw new OpsError('INVALID_INPUT', say('A key expires at a moment in the future.'), { path: ['expiresAt'] })
    const present = tableIds === null ? undefined : await presentTables(tx.db, orgId, tableIds)
    const absent = tableIds?.find((id) => present?.has(id) === false)
    if (absent !== undefined) throw tableNotFound(absent)
    const record = await insertApiKey(tx.db, {
      org_id: orgId,
      id: newId('apk'),
      name,
      digest: digestOf(secret),
      role,
      table_ids: tableIds,
      expires_at: expiresAt,
      created_by: actorText(actor),
    })
    return { ...publicKey(record), token: printToken({ orgId, keyId: record.id, secret }) }
  })
}

const keyIdPattern = /^apk_[a-z0-9]{16}$/

const listSchema = z.object({
  cursor: z.string().regex(keyIdPattern, say('The cursor is not one that this list gave.')).optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).default(100),
})

/** All keys, expired and revoked ones too. */
export async function listKeys(session: OrgSession, options: ListOptions = {}): Promise<Page<ApiKey>> {
  const { cursor = '', limit } = checkInput(listSchema, { cursor: options.cursor, limit: options.limit })
  return await session.read(options, async ({ tx, org }) => {
    const found = await listApiKeys(tx.db, org.orgId, { after: cursor, limit: limit + 1 })
    const items = found.slice(0, limit).map(publicKey)
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null }
  })
}

/** Ends a key, from its next call on. @throws OpsError `NOT_FOUND` */
export async function revokeApiKey(session: OrgSession, keyId: string, options: CallOptions = {}): Promise<ApiKey> {
  return await session.write(options, async ({ tx, org: { orgId } }) => {
    const found = keyIdPattern.test(String(keyId)) ? await findApiKey(tx.db, orgId, keyId) : undefined
    if (found === undefined)
      throw new OpsError('NOT_FOUND', say('There is no key "{id}".', { id: String(keyId).slice(0, 60) }), {
        path: ['keyId'],
      })
    if (found.revoked_at === null) await markApiKey(tx.db, orgId, found.id, 'revoked_at')
    return publicKey((await findApiKey(tx.db, orgId, found.id)) ?? found)
  })
}

/** How exactly it is known when a key was last used, in milliseconds. */
const lastUseMs = 60_000

/** null for a key that there is not, or not any more. */
export async function identityOfKey(
  session: OrgSession,
  { keyId, secret }: KeyToken,
  options: CallOptions,
): Promise<KeyIdentity | null> {
  const { key, now } = await session.read(options, async ({ tx, org, context }) => ({
    key: await findApiKey(tx.db, org.orgId, keyId),
    now: context.now.getTime(),
  }))
  if (key === undefined || !isSecretOf(secret, key.digest) || key.revoked_at !== null) return null
  if (key.expires_at !== null && Date.parse(key.expires_at) <= now) return null
  if (key.last_used_at === null || now - Date.parse(key.last_used_at) >= lastUseMs)
    await session.write(options, ({ tx, org }) => markApiKey(tx.db, org.orgId, keyId, 'last_used_at'))
  const { table_ids: tableIds, role } = key
  const actor: Actor = { type: 'key', id: keyId, role }
  if (tableIds === null) return { orgId: session.orgId, actor }
  return { orgId: session.orgId, actor, access: { table: (id) => (tableIds.includes(id) ? undefined : null) } }
}

function publicKey(record: ApiKeyRecord): ApiKey {
  const { id, name, role, table_ids: tableIds } = record
  return {
    id,
    name,
    role,
    tableIds,
    expiresAt: record.expires_at,
    lastUsedAt: record.last_used_at,
    revokedAt: record.revoked_at,
    createdAt: record.created_at,
    createdBy: record.created_by,
  }
}
