import { type Insertable, type Kysely, sql } from 'kysely'
import { newEventId } from '../../catalog/new-id.ts'
import type { Database } from '../../db/database.ts'
import type { WebhookEventRecord, WebhookEventsTable } from '../../db/tables/connections.db.ts'

/** Keeps events; those that are known already are left as they are. */
export async function insertEvents(
  db: Kysely<Database>,
  events: readonly Omit<Insertable<WebhookEventsTable>, 'id'>[],
): Promise<void> {
  if (events.length === 0) return
  await db
    .insertInto('webhook_events')
    .values(events.map((event) => ({ ...event, id: newEventId() })))
    .onConflict((conflict) => conflict.columns(['org_id', 'connection_id', 'webhook', 'key']).doNothing())
    .execute()
}

/** Events of a connection, the newest first; `before` is the id of the last one seen. */
export async function listEvents(
  db: Kysely<Database>,
  orgId: string,
  connectionId: string,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<WebhookEventRecord[]> {
  return await db
    .selectFrom('webhook_events')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('connection_id', '=', connectionId)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Removes the org's oldest events, a few at a time, that were kept longer than that. */
export async function dropOldEvents(db: Kysely<Database>, orgId: string, keptMs: number, limit: number): Promise<void> {
  await db
    .deleteFrom('webhook_events')
    .where('org_id', '=', orgId)
    .where('id', 'in', (query) =>
      query
        .selectFrom('webhook_events')
        .select('id')
        .where('org_id', '=', orgId)
        .where('received_at', '<', sql<string>`now() - make_interval(secs => ${keptMs / 1_000})`)
        .orderBy('id')
        .limit(limit),
    )
    .execute()
}
