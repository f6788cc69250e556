import { sql } from 'kysely'
import { checkConnectionGiven } from '../connections/call-part.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { checkedConnectionId } from '../connections/connection-id.ts'
import { connectionNotFound, findConnection } from '../connections/connections.repository.ts'
import { checkedSettings, findPart } from '../connections/find-part.ts'
import type { FeedColumn } from '../db/tables/feeds.db.ts'
import { one } from '../db/transaction.ts'
import type { AnyPlugin } from '../plugin/plugin.ts'
import type { AnySourcePart } from '../plugin/source-part.ts'
import type { TableWork, Work } from '../store/org-session.ts'
import { queueRun } from '../store/queue-run.ts'
import type { StartOptions } from '../store/started-run.ts'
import type { Json } from '../values/json.ts'
import type { SourceInput } from './source-input.ts'

/** A source with what it is read by, checked. */
export interface ChosenSource {
  readonly plugin: AnyPlugin
  readonly part: AnySourcePart
  readonly connectionId: string | null
  /** As they were given, for later versions of the plugin to read. */
  readonly settings: Json
}

/** @throws OpsError `NOT_FOUND`, `INVALID_INPUT` */
export async function chooseSource(
  env: ConnectionEnv,
  asked: {
    readonly plugin: string
    readonly part: string
    readonly connectionId?: string | null | undefined
    readonly settings?: Json | undefined
  },
): Promise<ChosenSource> {
  const plugin = env.plugins.get(asked.plugin)
  const part = findPart(plugin, 'sources', asked.part)
  const settings = asked.settings ?? {}
  await checkedSettings(plugin, part, settings)
  const connectionId = asked.connectionId ?? null
  checkConnectionGiven(plugin, connectionId)
  return { plugin, part, settings, connectionId: connectionId === null ? null : checkedConnectionId(connectionId) }
}

/** @throws OpsError `NOT_FOUND` if the org has no such connection of the plugin */
export async function checkConnection({ tx, org }: Work, { plugin, connectionId }: ChosenSource): Promise<void> {
  if (connectionId === null) return
  const connection = await findConnection(tx.db, org.orgId, connectionId)
  if (connection.plugin !== plugin.id) throw connectionNotFound(connectionId)
}

/** Queues a run of a source in the caller's transaction. */
export async function queueSource(
  work: TableWork,
  { plugin, part, connectionId, settings }: ChosenSource,
  run: Pick<SourceInput, 'feed' | 'since' | 'gone'> & { readonly columns: readonly FeedColumn[] },
  options: StartOptions & { readonly operation?: string },
): Promise<string> {
  const { at } = one(await work.tx.all(sql<{ at: string }>`select clock_timestamp() as at`))
  const input: SourceInput = {
    feed: run.feed,
    plugin: plugin.id,
    version: plugin.version,
    part: part.id,
    connectionId,
    settings: settings as SourceInput['settings'],
    columns: run.columns.map((column) => ({ ...column })),
    source: run.feed ?? `${plugin.id}.${part.id}${connectionId === null ? '' : ` ${connectionId}`}`,
    since: run.since,
    gone: run.gone,
    startedAt: work.context.now.toISOString(),
    madeBefore: at,
  }
  return await queueRun(work, {
    kind: run.feed === null ? 'source' : 'sync',
    tableId: work.table.id,
    input,
    ...(options.operation === undefined ? {} : { operation: options.operation }),
    cause: options.cause,
    key: options.key,
  })
}
