import { createHash } from 'node:crypto'
import * as z from 'zod'
import { firstDeliveryIdOf, newDeliveryId } from '../../catalog/new-id.ts'
import { connectionsOfAccounts } from '../../catalog/system.repository.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { isOpsError } from '../../errors/ops-error.ts'
import type { AnyPlugin } from '../../plugin/plugin.ts'
import type { AnyWebhookPart, WebhookAnswer, WebhookProof, WebhookRequest } from '../../plugin/webhook-part.ts'
import { findSecret } from '../../secrets/secrets.repository.ts'
import type { OrgSession } from '../../store/org-session.ts'
import { callPlugin } from '../call-plugin.ts'
import type { ConnectionEnv } from '../connection-env.ts'
import { connectionHolder, holdConnection } from '../connections.repository.ts'
import { type KeptCredentials, usableCredentials } from '../credentials.ts'
import { digestOf, readOrgToken } from '../org-token.ts'
import { partInWords, whereCalled } from '../part-in-words.ts'
import { dropDeliveriesBefore, insertDelivery } from './deliveries.repository.ts'

/** What a host's handler hands over: the request, and the segments of its path behind `webhooks/`. */
export interface IncomingWebhook {
  readonly plugin: string
  readonly webhook: string
  /** The last segment; left out for a webhook of the host's app. */
  readonly token?: string | undefined
  readonly request: WebhookRequest
}

/** Where orgs and databases come from. */
export interface WebhookDesk {
  readonly sessionOf: (orgId: string) => OrgSession
  readonly databases: () => Promise<readonly OpenDatabase[]>
  /** Has what was stored for a connection dealt with. */
  readonly stored: (orgId: string, connectionId: string) => void
}

/** Larger ones are refused, so that a stranger cannot fill the database. */
const mostBytes = 2 * 1_048_576
/** How long deliveries are kept, and recognised when they come again. Each that comes takes a few old ones away. */
const keptMs = 30 * 86_400_000
const droppedAtOnce = 5
/** The plugin's own functions here must not wait. */
const partMs = 2_000

/** A stranger learns nothing: unknown plugins, webhooks, orgs and secrets are answered alike. */
const unknown: WebhookAnswer = { status: 404 }
const refused: WebhookAnswer = { status: 401 }
const accepted: WebhookAnswer = { status: 200, body: 'ok', contentType: 'text/plain' }

/**
 * Takes a request of a vendor's: verified, stored as it is, answered. One that was here before is answered and left at
 * that. What it says is dealt with later.
 *
 * @throws OpsError `DATABASE_UNAVAILABLE` and the like: answer with 503, the vendor sends it again
 */
export async function receiveWebhook(
  env: ConnectionEnv,
  desk: WebhookDesk,
  { plugin: pluginId, webhook: webhookId, token, request: given }: IncomingWebhook,
): Promise<WebhookAnswer> {
  const request = { ...given, url: publicAddress(env, pluginId, webhookId, token, given.url) }
  const plugin = env.plugins.find(pluginId)
  const webhooks = plugin?.parts.webhooks ?? {}
  const webhook = Object.hasOwn(webhooks, webhookId) ? webhooks[webhookId] : undefined
  if (plugin === undefined || webhook === undefined) return unknown
  if (request.body.byteLength > mostBytes) return { status: 413 }
  if (webhook.byAccount !== undefined) return await receiveForAccounts(env, desk, plugin, webhook, request)
  const address = readOrgToken(token, 'con')
  if (address === undefined) return unknown
  const session = desk.sessionOf(address.orgId)
  const proof = await proofOf(env, session, plugin, webhook, address)
  if (proof === undefined) return unknown
  if (!(await isGenuine(env, plugin, webhook, request, proof))) return refused
  await store(env, session, plugin, webhook, address.id, request)
  desk.stored(address.orgId, address.id)
  return await answerTo(plugin, webhook, request)
}

async function receiveForAccounts(
  env: ConnectionEnv,
  desk: WebhookDesk,
  plugin: AnyPlugin,
  webhook: AnyWebhookPart,
  request: WebhookRequest,
): Promise<WebhookAnswer> {
  const proof = { secret: '', credentials: undefined, now: env.now() }
  if (!(await isGenuine(env, plugin, webhook, request, proof))) return refused
  const shares = new Map<string, string>()
  await inPlugin(plugin, webhook, async () => {
    for (const { account, body } of webhook.byAccount?.(request) ?? []) shares.set(account, body)
  })
  for (const database of await desk.databases()) {
    const found = await connectionsOfAccounts(database, plugin.id, [...shares.keys()])
    for (const { orgId, id, account } of found) {
      const body = new TextEncoder().encode(shares.get(account))
      await store(env, desk.sessionOf(orgId), plugin, webhook, id, { ...request, body })
      desk.stored(orgId, id)
    }
  }
  return await answerTo(plugin, webhook, request)
}

/** @returns undefined if there is no such connection, or the address is not its own */
async function proofOf(
  env: ConnectionEnv,
  session: OrgSession,
  plugin: AnyPlugin,
  webhook: AnyWebhookPart,
  { orgId, id, secret }: { readonly orgId: string; readonly id: string; readonly secret: string },
): Promise<WebhookProof<unknown> | undefined> {
  try {
    const ofConnection = { orgId, holder: connectionHolder, rowId: id }
    const own = { ...ofConnection, field: `hook.${webhook.id}` }
    const { held, chosen } = await session.read({}, async ({ tx }) => ({
      held: await holdConnection(tx, orgId, id),
      chosen: await findSecret(tx.db, own),
    }))
    if (held.record.plugin !== plugin.id || held.record.hook_digest !== digestOf(secret)) return undefined
    const kept: KeptCredentials = JSON.parse(
      await env.vault.open({ ...ofConnection, field: 'credentials' }, held.sealed),
    )
    const { credentials } = await usableCredentials(plugin, kept, held.record.method_label)
    const proven = chosen === undefined ? secret : await env.vault.open(own, chosen)
    return { secret: proven, credentials, now: env.now() }
  } catch (error) {
    if (isOpsError(error, 'NOT_FOUND')) return undefined
    throw error
  }
}

async function isGenuine(
  env: ConnectionEnv,
  plugin: AnyPlugin,
  webhook: AnyWebhookPart,
  request: WebhookRequest,
  proof: WebhookProof<unknown>,
): Promise<boolean> {
  const told = { plugin: plugin.id, webhook: webhook.id }
  try {
    const verdict = await inPlugin(plugin, webhook, async () => await webhook.verify(request, proof))
    if (!verdict.ok) env.logger.warn('A webhook was refused.', { ...told, reason: verdict.reason })
    return verdict.ok === true
  } catch {
    env.logger.error('A webhook could not be verified: its plugin failed.', told)
    return false
  }
}

async function store(
  env: ConnectionEnv,
  session: OrgSession,
  plugin: AnyPlugin,
  webhook: AnyWebhookPart,
  connectionId: string,
  request: WebhookRequest,
): Promise<void> {
  const key = await inPlugin(plugin, webhook, async () => webhook.deliveryKey?.(request))
  const delivery = {
    id: newDeliveryId(),
    connection_id: connectionId,
    webhook: webhook.id,
    dedupe_key:
      typeof key === 'string' && /^[\x20-\x7e]{1,200}$/.test(key) ? key : `sha256:${sha256(key ?? request.body)}`,
    method: request.method,
    url: withoutToken(request.url),
    headers: keptHeaders(request.headers),
    body: request.body,
  }
  const isNew = await session.write({}, async ({ tx }) => {
    await dropDeliveriesBefore(
      tx.db,
      session.orgId,
      firstDeliveryIdOf(new Date(env.now().getTime() - keptMs)),
      droppedAtOnce,
    )
    return await insertDelivery(tx.db, session.orgId, delivery)
  })
  if (!isNew) env.logger.debug('A webhook came again.', { plugin: plugin.id, webhook: webhook.id, connectionId })
}

/** Vendors sign the address that they called; behind a proxy the host sees another. */
function publicAddress(
  { publicUrl }: ConnectionEnv,
  plugin: string,
  webhook: string,
  token: string | undefined,
  url: string,
): string {
  if (publicUrl === undefined) return url
  const path = [plugin, webhook, ...(token === undefined ? [] : [token])].join('/')
  return `${publicUrl(`webhooks/${path}`)}${new URL(url).search}`
}

/** What HTTP can say: a plugin's answer may come from anywhere. */
const answerSchema = z.object({
  status: z.int().min(200).max(599),
  body: z.string().optional(),
  contentType: z
    .string()
    .regex(/^[\x20-\x7e]{1,200}$/)
    .optional(),
})
const bodiless = new Set([204, 205, 304])

/** A handshake that fails is no reason to have the delivery sent again: it is stored. */
async function answerTo(plugin: AnyPlugin, webhook: AnyWebhookPart, request: WebhookRequest): Promise<WebhookAnswer> {
  const given = await inPlugin(plugin, webhook, async () => webhook.answer?.(request)).catch(() => undefined)
  const answer = answerSchema.safeParse(given)
  if (!answer.success) return accepted
  const { status, body, contentType } = answer.data
  if (bodiless.has(status)) return { status }
  return { status, ...(body !== undefined && { body }), ...(contentType !== undefined && { contentType }) }
}

function inPlugin<T>(plugin: AnyPlugin, webhook: AnyWebhookPart, work: () => Promise<T>): Promise<T> {
  const where = whereCalled(plugin.id, partInWords.webhook(webhook.id))
  return callPlugin({ where, signal: AbortSignal.timeout(partMs), secrets: [] }, work)
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64')
}

/** The address holds a secret and need not be kept. */
function withoutToken(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname.replace(/[^/]*\.con_[^/]*$/, '')}`.slice(0, 2_000)
}

const unkept = new Set(['authorization', 'cookie', 'proxy-authorization'])

function keptHeaders(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of headers) {
    if (!unkept.has(name) && Object.keys(kept).length < 60) kept[name] = value.slice(0, 1_000)
  }
  return kept
}
