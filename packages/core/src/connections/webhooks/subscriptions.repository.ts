import type { Kysely } from 'kysely'
import type { Database } from '../../db/database.ts'
import type { Json } from '../../values/json.ts'

export interface Subscription {
  readonly webhook: string
  readonly url: string
  readonly state: Json
}

export async function findSubscriptions(
  db: Kysely<Database>,
  orgId: string,
  connectionId: string,
): Promise<Subscription[]> {
  return await db
    .selectFrom('webhook_subscriptions')
    .select(['webhook', 'url', 'state'])
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .orderBy('webhook')
    .execute()
}

export async function saveSubscription(
  db: Kysely<Database>,
  orgId: string,
  connectionId: string,
  { webhook, url, state }: Subscription,
): Promise<void> {
  const text = JSON.stringify(state)
  await db
    .insertInto('webhook_subscriptions')
    .values({ org_id: orgId, connection_id: connectionId, webhook, url, state: text })
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'connection_id', 'webhook']).doUpdateSet({ url, state: text }),
    )
    .execute()
}
