import { type Insertable, type Kysely, sql, type Updateable } from 'kysely'
import type { Database } from '../db/database.ts'
import type { FeedRecord, FeedsTable } from '../db/tables/feeds.db.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'

/** The same words for "absent" and "not yours". */
function feedNotFound(id: unknown): OpsError {
  return new OpsError('NOT_FOUND', say('There is no feed "{id}".', { id: String(id).slice(0, 60) }), {
    path: ['feedId'],
  })
}

export const feedIdPattern = /^fed_[a-z0-9]{16}$/

/** @throws OpsError `NOT_FOUND` for what no feed is called */
export function checkedFeedId(id: string): string {
  if (typeof id !== 'string' || !feedIdPattern.test(id)) throw feedNotFound(id)
  return id
}

export async function insertFeed(db: Kysely<Database>, feed: Insertable<FeedsTable>): Promise<void> {
  await db.insertInto('feeds').values(feed).execute()
}

/**
 * @param lock keeps others from changing it until the transaction ends
 * @throws OpsError `NOT_FOUND`
 */
export async function findFeed(db: Kysely<Database>, orgId: string, id: string, lock = false): Promise<FeedRecord> {
  const found = await db
    .selectFrom('feeds')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  if (found === undefined) throw feedNotFound(id)
  return found
}

export async function changeFeed(
  db: Kysely<Database>,
  orgId: string,
  id: string,
  changes: Updateable<FeedsTable>,
): Promise<void> {
  if (Object.keys(changes).length === 0) return
  await db.updateTable('feeds').set(changes).where('org_id', '=', orgId).where('id', '=', id).execute()
}

export async function deleteFeed(db: Kysely<Database>, orgId: string, id: string): Promise<void> {
  await db.deleteFrom('feeds').where('org_id', '=', orgId).where('id', '=', id).execute()
}

export interface FeedsFilter {
  readonly tableId?: string | undefined
  readonly connectionId?: string | undefined
  /** Only those that listen to what the webhooks of a source tell. */
  readonly listeningTo?: { readonly plugin: string; readonly part: string } | undefined
}

/** Feeds of live tables in the order of their ids; `after` is the last one seen. */
export async function listFeeds(
  db: Kysely<Database>,
  orgId: string,
  { tableId, connectionId, listeningTo }: FeedsFilter,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<FeedRecord[]> {
  return await db
    .selectFrom('feeds')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '>', after)
    .$if(tableId !== undefined, (query) => query.where('table_id', '=', tableId ?? ''))
    .$if(connectionId !== undefined, (query) => query.where('connection_id', '=', connectionId ?? ''))
    .$if(listeningTo !== undefined, (query) =>
      query
        .where('listens', '=', true)
        .where('plugin', '=', listeningTo?.plugin ?? '')
        .where('part', '=', listeningTo?.part ?? ''),
    )
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('tables')
          .select(sql`1`.as('one'))
          .whereRef('tables.org_id', '=', 'feeds.org_id')
          .whereRef('tables.id', '=', 'feeds.table_id')
          .where('tables.deleted_at', 'is', null),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function countFeeds(db: Kysely<Database>, orgId: string): Promise<number> {
  const { count } = await db
    .selectFrom('feeds')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('org_id', '=', orgId)
    .executeTakeFirstOrThrow()
  return count
}
