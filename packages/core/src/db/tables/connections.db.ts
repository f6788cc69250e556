import type { ColumnType, Generated, Selectable } from 'kysely'
import type { Json } from '../../values/json.ts'

/**
 * - `connected`: the vendor took the credentials when they were last used
 * - `broken`: it refused them; somebody must reconnect
 */
export type ConnectionState = 'connected' | 'broken'

type JsonColumn<T> = ColumnType<T, string, string>

/** An org's credentials for a plugin; the secret part lies in `secrets`. */
export interface ConnectionsTable {
  org_id: string
  id: string
  plugin: string
  plugin_version: string
  method: 'api-key' | 'oauth2'
  /** Tells apart several methods of one kind. */
  method_label: string
  name: string
  state: Generated<ConnectionState>
  /** Why it is broken, for people. */
  reason: string | null
  /** The account at the vendor, as its plugin names it. */
  account_id: string | null
  account_name: string | null
  /** What people recognise the credentials by: the last characters. */
  hint: string | null
  /** Grows with each change of the credentials. */
  version: Generated<number>
  /** When the access token ends, by the database's clock. */
  expires_at: string | null
  /** When it is to be refreshed, some time ahead. */
  refresh_at: string | null
  /** Names the process that refreshes the token now, and until when others let it. */
  refresh_claim: string | null
  refresh_claim_until: string | null
  /** Digest of the secret part of the addresses of its webhooks. */
  hook_digest: string
  /** Names the process that deals with its deliveries now, and until when others let it. */
  inbox_claim: string | null
  inbox_claim_until: string | null
  tested_at: string | null
  created_at: Generated<string>
  created_by: string
}

/** A consent screen that somebody was sent to. */
export interface OAuthFlowsTable {
  org_id: string
  id: string
  /** Digest of the secret part of the state. */
  state_digest: string
  /** Digest of the host's session that began it. */
  session_digest: string
  plugin: string
  method_label: string
  redirect_uri: string
  name: string | null
  /** The connection that is to be reconnected. */
  connection_id: string | null
  expires_at: string
  created_by: string
}

/** A subscription that a plugin made at its vendor. */
export interface WebhookSubscriptionsTable {
  org_id: string
  connection_id: string
  webhook: string
  url: string
  state: JsonColumn<Json>
}

/** What came by webhook: stored raw before it is answered. */
export interface WebhookDeliveriesTable {
  org_id: string
  /** Later ones of one process compare greater. */
  id: string
  connection_id: string
  webhook: string
  /** What the delivery is recognised by when it comes again. */
  dedupe_key: string
  method: string
  url: string
  headers: JsonColumn<Readonly<Record<string, string>>>
  /** In and out as base64. */
  body: string
  state: Generated<'stored' | 'handled' | 'failed'>
  error: string | null
  /** How often it was tried to deal with it. */
  attempts: Generated<number>
  /** When it is tried again; null: at once. */
  next_at: string | null
  received_at: Generated<string>
}

/** What happened at a vendor, as its webhooks told: for rules and CRM adapters. */
export interface WebhookEventsTable {
  org_id: string
  /** Later ones of one process compare greater. */
  id: string
  connection_id: string
  webhook: string
  type: string
  /** What the event is recognised by when it comes again. */
  key: string
  data: JsonColumn<Json>
  /** By the vendor's clock. */
  at: string | null
  received_at: Generated<string>
}

export type ConnectionRecord = Selectable<ConnectionsTable>
export type OAuthFlowRecord = Selectable<OAuthFlowsTable>
export type WebhookEventRecord = Selectable<WebhookEventsTable>
export type WebhookDeliveryRecord = Selectable<WebhookDeliveriesTable>
