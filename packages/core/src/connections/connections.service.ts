import * as z from 'zod'
import { limits } from '../catalog/limits.ts'
import type { ConnectionRecord } from '../db/tables/connections.db.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import { type Connection, type ConnectionName, connectionName, publicConnection } from './connection.ts'
import type { ConnectionEnv } from './connection-env.ts'
import { checkedConnectionId, connectionIdPattern } from './connection-id.ts'
import { deleteConnection, findConnection, listConnections, updateConnection } from './connections.repository.ts'
import { checkTyped, methodOf } from './credentials.ts'
import { disconnectAtVendor } from './disconnect-at-vendor.ts'
import { keepConnection } from './keep-connection.ts'
import { nameSchema } from './name-schema.ts'
import { checkTest, testCredentials, testTimeoutMs } from './test-credentials.ts'
import { withConnection } from './with-connection.ts'

const idSchema = z.string().max(60)
const connectSchema = z.object({ plugin: idSchema, method: idSchema.optional(), name: nameSchema.optional() })
const listSchema = z.object({
  plugin: idSchema.optional(),
  cursor: z.string().regex(connectionIdPattern, say('The cursor is not one that this list gave.')).optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).default(100),
})

export interface ConnectInput {
  readonly plugin: string
  /** Label of the plugin's method. @default its first that takes typed credentials */
  readonly method?: string | undefined
  /** @default the account's name, or the plugin's */
  readonly name?: string | undefined
  /** By the fields of the method's form. */
  readonly credentials: Readonly<Record<string, string | number | boolean>>
}

export interface ConnectionsQuery extends ListOptions {
  readonly plugin?: string | undefined
}

/** Tries credentials that a person typed, and keeps them. */
export async function connect(
  env: ConnectionEnv,
  session: OrgSession,
  input: ConnectInput,
  options: CallOptions = {},
): Promise<Connection> {
  const { plugin: pluginId, method: label, name } = checkInput(connectSchema, input)
  const plugin = env.plugins.get(pluginId)
  const method = methodOf(plugin, 'api-key', label)
  const kept = await checkTyped(plugin, method, input.credentials)
  await env.vault.sealerFor(session)
  const facts = { kept, methodLabel: method.label, connectionId: null }
  const { account } = await testCredentials(env, session.orgId, plugin, facts, options.signal)
  return await keepConnection(env, session, { plugin, method, kept, account, name, lifetimeMs: null }, options)
}

/** Gives a connection other credentials of the same plugin. */
export async function reconnect(
  env: ConnectionEnv,
  session: OrgSession,
  connectionId: string,
  input: Pick<ConnectInput, 'method' | 'credentials'>,
  options: CallOptions = {},
): Promise<Connection> {
  const id = checkedConnectionId(connectionId)
  const label = checkInput(idSchema.optional(), input.method, ['method'])
  const record = await session.read(options, ({ tx }) => findConnection(tx.db, session.orgId, id))
  const plugin = env.plugins.get(record.plugin)
  const method = methodOf(plugin, 'api-key', label)
  const kept = await checkTyped(plugin, method, input.credentials)
  const facts = { kept, methodLabel: method.label, connectionId: id }
  const { account } = await testCredentials(env, session.orgId, plugin, facts, options.signal)
  return await keepConnection(
    env,
    session,
    { plugin, method, kept, account, connectionId: id, lifetimeMs: null },
    options,
  )
}

/**
 * Asks the vendor whether the credentials are good, and notes what it says: look at the `state`. A broken connection
 * that the vendor takes again is connected.
 *
 * @throws PluginError `VENDOR_UNAVAILABLE` and others if the vendor could not be asked
 */
export async function testConnection(
  env: ConnectionEnv,
  session: OrgSession,
  connectionId: string,
  options: CallOptions = {},
): Promise<Connection> {
  const id = checkedConnectionId(connectionId)
  const { signal = new AbortController().signal } = options
  const call = { connectionId: id, part: 'test', signal, timeoutMs: testTimeoutMs, evenIfBroken: true }
  try {
    const { account } = await withConnection(env, session, call, async (ctx, plugin) =>
      checkTest(plugin, await (plugin.facts.test ?? (async () => ({})))(ctx)),
    )
    const named = account === undefined ? {} : { account_id: account.id, account_name: account.name ?? null }
    return await session.write(options, async ({ tx, context }) => {
      const tested_at = context.now.toISOString()
      const changes = { state: 'connected', reason: null, tested_at, ...named } as const
      return publicConnection(await updateConnection(tx.db, session.orgId, id, changes))
    })
  } catch (error) {
    if (!isOpsError(error, 'CREDENTIALS_REFUSED')) throw error
    return await getConnection(session, id, options)
  }
}

export async function renameConnection(
  session: OrgSession,
  connectionId: string,
  name: string,
  options: CallOptions = {},
): Promise<Connection> {
  const id = checkedConnectionId(connectionId)
  const checked = checkInput(nameSchema, name, ['name'])
  return await session.write(options, async ({ tx }) =>
    publicConnection(await updateConnection(tx.db, session.orgId, id, { name: checked })),
  )
}

/**
 * Removes a connection with its credentials and what came by its webhooks. The vendor is told where it can be; if it
 * cannot, the connection goes all the same.
 */
export async function disconnect(
  env: ConnectionEnv,
  session: OrgSession,
  connectionId: string,
  options: CallOptions = {},
): Promise<void> {
  const id = checkedConnectionId(connectionId)
  await session.read(options, ({ tx }) => findConnection(tx.db, session.orgId, id))
  await disconnectAtVendor(env, session, id, options.signal)
  await session.write(options, ({ tx }) => deleteConnection(tx.db, session.orgId, id))
}

/** @throws OpsError `NOT_FOUND` */
export async function getConnection(
  session: OrgSession,
  connectionId: string,
  options: CallOptions = {},
): Promise<Connection> {
  const id = checkedConnectionId(connectionId)
  return await session.read(options, async ({ tx }) => publicConnection(await findConnection(tx.db, session.orgId, id)))
}

export async function pageOfConnections(session: OrgSession, query: ConnectionsQuery = {}): Promise<Page<Connection>> {
  return await page(session, query, publicConnection)
}

/** The same for who only chooses one. */
export async function connectionNames(
  session: OrgSession,
  query: ConnectionsQuery = {},
): Promise<Page<ConnectionName>> {
  return await page(session, query, connectionName)
}

async function page<Item extends { readonly id: string }>(
  session: OrgSession,
  query: ConnectionsQuery,
  shown: (record: ConnectionRecord) => Item,
): Promise<Page<Item>> {
  const { plugin, cursor, limit } = checkInput(listSchema, {
    plugin: query.plugin,
    cursor: query.cursor,
    limit: query.limit,
  })
  return await session.read(query, async ({ tx }) => {
    const found = await listConnections(tx.db, session.orgId, { plugin, after: cursor ?? '', limit: limit + 1 })
    const items = found.slice(0, limit).map(shown)
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null }
  })
}
