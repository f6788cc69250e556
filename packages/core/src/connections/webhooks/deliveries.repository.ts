import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/database.ts'
import type { WebhookDeliveryRecord } from '../../db/tables/connections.db.ts'

export type NewDelivery = Pick<
  WebhookDeliveryRecord,
  'id' | 'connection_id' | 'webhook' | 'dedupe_key' | 'method' | 'url' | 'headers'
> & { readonly body: Uint8Array }

/** @returns false if the delivery was here already */
export async function insertDelivery(
  db: Kysely<Database>,
  orgId: string,
  { body, headers, ...delivery }: NewDelivery,
): Promise<boolean> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const inserted = await db
    .insertInto('webhook_deliveries')
    .values({
      ...delivery,
      org_id: orgId,
      headers: JSON.stringify(headers),
      body: sql<string>`decode(${bytes.toString('base64')}, 'base64')`,
    })
    .onConflict((conflict) => conflict.columns(['org_id', 'connection_id', 'webhook', 'dedupe_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Removes the org's oldest deliveries, a few at a time, that came before the one of the id. */
export async function dropDeliveriesBefore(
  db: Kysely<Database>,
  orgId: string,
  before: string,
  limit: number,
): Promise<void> {
  await db
    .deleteFrom('webhook_deliveries')
    .where('org_id', '=', orgId)
    .where('id', 'in', (query) =>
      query
        .selectFrom('webhook_deliveries')
        .select('id')
        .where('org_id', '=', orgId)
        .where('id', '<', before)
        .orderBy('id')
        .limit(limit),
    )
    .execute()
}

/** What of a delivery is shown in lists. */
export type DeliverySummary = Pick<
  WebhookDeliveryRecord,
  'id' | 'webhook' | 'state' | 'error' | 'attempts' | 'received_at'
> & {
  readonly bytes: number
}

/** Deliveries of a connection, the newest first; `before` is the id of the last one seen. */
export async function listDeliveries(
  db: Kysely<Database>,
  orgId: string,
  connectionId: string,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<DeliverySummary[]> {
  return await db
    .selectFrom('webhook_deliveries')
    .select(['id', 'webhook', 'state', 'error', 'attempts', 'received_at', sql<number>`length(body)`.as('bytes')])
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Has a failed delivery dealt with once more. @returns false if there is no such failed one */
export async function storeAgain(
  db: Kysely<Database>,
  orgId: string,
  connectionId: string,
  id: string,
): Promise<boolean> {
  const stored = await db
    .updateTable('webhook_deliveries')
    .set({ state: 'stored', attempts: 0, next_at: null })
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .returning('id')
    .executeTakeFirst()
  return stored !== undefined
}
