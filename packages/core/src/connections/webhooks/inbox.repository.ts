import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import type { WebhookDeliveryRecord } from '../../db/tables/connections.db.ts'

/** One process's claim on what came by the webhooks of a connection. */
export interface InboxClaim {
  readonly orgId: string
  readonly connectionId: string
  readonly token: string
}

/**
 * Takes a connection's inbox. Where a process ended without letting go of it, a try of the delivery that it had in hand is
 * counted: that may be what ended it.
 *
 * @param alone no other process can hold it: claims of former processes do not count
 * @returns whether it is held now
 */
export async function takeInbox(
  db: Kysely<Database>,
  claim: InboxClaim,
  { forMs, alone }: { readonly forMs: number; readonly alone: boolean },
): Promise<boolean> {
  const { orgId, connectionId, token } = claim
  const taken = await db
    .updateTable('connections')
    .from(({ selectFrom }) =>
      selectFrom('connections')
        .select(['org_id', 'id', 'inbox_claim'])
        .where('org_id', '=', orgId)
        .where('id', '=', connectionId)
        .where(sql<boolean>`(inbox_claim_until is null or inbox_claim_until < clock_timestamp() or ${alone})`)
        .forUpdate()
        .as('former'),
    )
    .set({ inbox_claim: token, inbox_claim_until: later(forMs) })
    .where('connections.org_id', '=', orgId)
    .whereRef('connections.id', '=', 'former.id')
    .returning(sql<boolean>`former.inbox_claim is not null`.as('isForsaken'))
    .executeTakeFirst()
  if (taken?.isForsaken === true) await countLostTry(db, claim)
  return taken !== undefined
}

/** Lengthens the claim. @returns whether it is held still */
export async function keepInbox(
  db: Kysely<Database>,
  { orgId, connectionId, token }: InboxClaim,
  forMs: number,
): Promise<boolean> {
  const kept = await db
    .updateTable('connections')
    .set({ inbox_claim_until: later(forMs) })
    .where('org_id', '=', orgId)
    .where('id', '=', connectionId)
    .where('inbox_claim', '=', token)
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

export async function releaseInbox(db: Kysely<Database>, { orgId, connectionId, token }: InboxClaim): Promise<void> {
  await db
    .updateTable('connections')
    .set({ inbox_claim: null, inbox_claim_until: null })
    .where('org_id', '=', orgId)
    .where('id', '=', connectionId)
    .where('inbox_claim', '=', token)
    .execute()
}

/** Of the oldest delivery that waits: nothing else is ever in hand. */
async function countLostTry(db: Kysely<Database>, { orgId, connectionId }: InboxClaim): Promise<void> {
  await db
    .updateTable('webhook_deliveries')
    .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
    .where('org_id', '=', orgId)
    .where('id', '=', ({ selectFrom }) =>
      selectFrom('webhook_deliveries')
        .select('id')
        .where('org_id', '=', orgId)
        .where('connection_id', '=', connectionId)
        .where('state', '=', 'stored')
        .orderBy('id')
        .limit(1),
    )
    .execute()
}

/** A delivery to deal with, and how long to wait before that. */
export type WaitingDelivery = Pick<
  WebhookDeliveryRecord,
  'id' | 'webhook' | 'method' | 'url' | 'headers' | 'attempts' | 'received_at'
> & {
  /** As base64. */
  readonly body: string
  readonly waitMs: number
}

/** The oldest delivery of a connection that is not dealt with. */
export async function nextDelivery(
  db: Kysely<Database>,
  orgId: string,
  connectionId: string,
): Promise<WaitingDelivery | undefined> {
  return await db
    .selectFrom('webhook_deliveries')
    .select(['id', 'webhook', 'method', 'url', 'headers', 'attempts', 'received_at'])
    .select([
      sql<string>`encode(body, 'base64')`.as('body'),
      sql<number>`greatest(0, coalesce(extract(epoch from next_at - clock_timestamp()) * 1000, 0))::float8`.as(
        'waitMs',
      ),
    ])
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .where('state', '=', 'stored')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** What became of a delivery that was tried. */
export interface DeliveryOutcome {
  readonly state: WebhookDeliveryRecord['state']
  readonly error: string | null
  readonly attempts: number
  /** When it is tried again, if it is. */
  readonly againMs?: number
}

export async function noteDelivery(
  db: Kysely<Database>,
  orgId: string,
  id: string,
  { state, error, attempts, againMs }: DeliveryOutcome,
): Promise<void> {
  await db
    .updateTable('webhook_deliveries')
    .set({ state, error, attempts, next_at: againMs === undefined ? null : later(againMs) })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .execute()
}

function later(ms: number): RawBuilder<string> {
  return sql<string>`clock_timestamp() + make_interval(secs => ${ms / 1_000})`
}
