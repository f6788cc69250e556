import * as z from 'zod'
import { actorText } from '../catalog/actor.ts'
import { nameSchema } from '../catalog/column-input.ts'
import { limits } from '../catalog/limits.ts'
import { newId } from '../catalog/new-id.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { connectionStates } from '../connections/connections.repository.ts'
import type { FeedColumn, FeedRecord, GoneRows } from '../db/tables/feeds.db.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { startOperation, type WriteOptions } from '../store/operation-log.ts'
import type { OrgSession, TableWork, Work } from '../store/org-session.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'
import { type Feed, publicFeed } from './feed.ts'
import { mapFeedColumns } from './feed-columns.ts'
import {
  changeFeed,
  checkedFeedId,
  countFeeds,
  feedIdPattern,
  findFeed,
  insertFeed,
  listFeeds,
  deleteFeed as removeFeed,
} from './feeds.repository.ts'
import { checkConnection, chooseSource } from './queue-source.ts'
import { onTarget, type SourceChoice, sourceFields } from './start-source.ts'

/** Feeds of one org. */
const mostFeeds = 1_000

const ownFields = {
  name: nameSchema.optional(),
  gone: z.enum(['keep', 'delete']).optional(),
  listens: z.boolean().optional(),
}

export const feedInputSchema = z.strictObject({ ...sourceFields, ...ownFields })
export const feedChangesSchema = z.strictObject({
  ...ownFields,
  connectionId: sourceFields.connectionId,
  settings: sourceFields.settings,
  columns: sourceFields.columns,
})
/** What may stand in an id. */
const idSchema = z.string().regex(/^\w{0,100}$/, 'An id has letters, digits and "_", at most 100.')

const listSchema = z.object({
  tableId: idSchema.optional(),
  connectionId: idSchema.optional(),
  cursor: z.string().regex(feedIdPattern, say('The cursor is not one that this list gave.')).optional(),
  limit: z.int().min(1).max(limits.itemsPerPage).default(100),
})

export interface FeedInput extends SourceChoice {
  /** @default the source's name */
  readonly name?: string | undefined
  /** What becomes of rows whose record is gone at the vendor: found out by a sync that reads all. @default 'keep' */
  readonly gone?: GoneRows | undefined
  /** Whether records that come by webhook become rows at once. @default true */
  readonly listens?: boolean | undefined
}

/** What may be changed of a feed; `columns` as in {@link SourceChoice}, as a whole. */
export type FeedChanges = Pick<FeedInput, 'name' | 'gone' | 'listens' | 'connectionId' | 'settings' | 'columns'>

export interface FeedsQuery extends ListOptions {
  readonly tableId?: string | undefined
  readonly connectionId?: string | undefined
}

/**
 * Saves a source as a feed of a table, which is made where `tableId` is null. Nothing is read yet: `sync` does that.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `LIMIT_EXCEEDED`
 */
export async function createFeed(
  env: ConnectionEnv,
  session: OrgSession,
  tableId: string | null,
  input: FeedInput,
  options: CallOptions & WriteOptions = {},
): Promise<Feed> {
  const checked = checkInput(feedInputSchema, input)
  const source = await chooseSource(env, checked)
  const log = startOperation(session.actor, options)
  const id = newId('fed')
  const use = async (work: TableWork, columns: readonly FeedColumn[]): Promise<void> => {
    const { tx, org, actor, table } = work
    if ((await countFeeds(tx.db, org.orgId)) >= mostFeeds)
      throw new OpsError('LIMIT_EXCEEDED', say('An org has at most {#count} feeds. Delete some.', { count: mostFeeds }))
    await insertFeed(tx.db, {
      org_id: org.orgId,
      id,
      table_id: table.id,
      name: checked.name ?? source.part.name,
      plugin: source.plugin.id,
      part: source.part.id,
      connection_id: source.connectionId,
      settings: JSON.stringify(source.settings),
      columns: JSON.stringify(columns),
      gone: checked.gone ?? 'keep',
      listens: checked.listens ?? true,
      created_by: actorText(actor),
    })
  }
  await onTarget(session, tableId, source, checked, { log, options, use })
  return await getFeed(env, session, id, options)
}

/** @throws OpsError `NOT_FOUND` */
export async function getFeed(
  env: ConnectionEnv,
  session: OrgSession,
  feedId: string,
  options: CallOptions = {},
): Promise<Feed> {
  const id = checkedFeedId(feedId)
  const [feed] = await session.read(options, async (work) =>
    withStates(work, [await findFeed(work.tx.db, work.org.orgId, id)]),
  )
  if (feed === undefined) throw new OpsError('INTERNAL', 'A feed was lost on its way.')
  return await publicFeed(env, feed.record, feed.state)
}

/** Feeds of live tables: all, of a table, or of a connection. */
export async function pageOfFeeds(
  env: ConnectionEnv,
  session: OrgSession,
  query: FeedsQuery = {},
): Promise<Page<Feed>> {
  const { tableId, connectionId } = query
  const checked = checkInput(listSchema, { tableId, connectionId, cursor: query.cursor, limit: query.limit })
  const found = await session.read(query, async (work) => {
    const page = { after: checked.cursor ?? '', limit: checked.limit + 1 }
    return await withStates(work, await listFeeds(work.tx.db, work.org.orgId, checked, page))
  })
  const items = await Promise.all(
    found.slice(0, checked.limit).map(({ record, state }) => publicFeed(env, record, state)),
  )
  return { items, nextCursor: found.length > checked.limit ? (items.at(-1)?.id ?? null) : null }
}

interface FeedWithState {
  readonly record: FeedRecord
  readonly state: 'connected' | 'broken' | undefined
}

async function withStates({ tx, org }: Work, records: readonly FeedRecord[]): Promise<FeedWithState[]> {
  const ids = records.flatMap(({ connection_id: id }) => (id === null ? [] : [id]))
  const states = await connectionStates(tx.db, org.orgId, ids)
  return records.map((record) => ({ record, state: states.get(record.connection_id ?? '') }))
}

/**
 * Changes a feed. With other settings or another connection, the next sync reads all.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`
 */
export async function updateFeed(
  env: ConnectionEnv,
  session: OrgSession,
  feedId: string,
  changes: FeedChanges,
  options: CallOptions & WriteOptions = {},
): Promise<Feed> {
  const id = checkedFeedId(feedId)
  const checked = checkInput(feedChangesSchema, changes)
  const present = await session.read(options, ({ tx, org }) => findFeed(tx.db, org.orgId, id))
  const { name, gone, listens, settings, connectionId, columns } = checked
  const source = await chooseSource(env, {
    plugin: present.plugin,
    part: present.part,
    connectionId: connectionId === undefined ? present.connection_id : connectionId,
    settings: settings ?? present.settings,
  })
  const isOther = settings !== undefined || connectionId !== undefined
  const open = columns === undefined ? session.writeTable : session.defineTable
  await open(present.table_id, options, async (work) => {
    const log = startOperation(session.actor, options)
    await checkConnection(work, source)
    await changeFeed(work.tx.db, work.org.orgId, id, {
      ...(name !== undefined && { name }),
      ...(gone !== undefined && { gone }),
      ...(listens !== undefined && { listens }),
      ...(isOther && { settings: JSON.stringify(source.settings), connection_id: source.connectionId, since: null }),
      ...(columns !== undefined && {
        columns: JSON.stringify(await mapFeedColumns(work, source.part, columns, log)),
        since: null,
      }),
    })
  })
  return await getFeed(env, session, id, options)
}

/** Forgets a feed. The rows that it brought stay. @throws OpsError `NOT_FOUND` */
export async function deleteFeed(session: OrgSession, feedId: string, options: CallOptions = {}): Promise<void> {
  const id = checkedFeedId(feedId)
  await session.write(options, async ({ tx, org }) => {
    await findFeed(tx.db, org.orgId, id)
    await removeFeed(tx.db, org.orgId, id)
  })
}
