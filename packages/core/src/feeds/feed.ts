import { checkConnectionGiven } from '../connections/call-part.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import { checkedSettings, findPart } from '../connections/find-part.ts'
import type { FeedRecord, GoneRows } from '../db/tables/feeds.db.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { Json } from '../values/json.ts'

/** A source that is read into a table again and again: by hand, on a schedule, and as webhooks come. */
export interface Feed {
  readonly id: string
  readonly name: string
  readonly tableId: string
  readonly plugin: string
  readonly part: string
  readonly connectionId: string | null
  readonly settings: Json
  /** Which column of the source goes into which of the table. */
  readonly columns: readonly { readonly key: string; readonly columnId: string }[]
  readonly gone: GoneRows
  readonly listens: boolean
  /** Whether a sync reads only what changed since the last one. */
  readonly incremental: boolean
  /** When the last sync began that came to its end. */
  readonly since: string | null
  /** The latest run. */
  readonly runId: string | null
  /** Columns that the source has and the feed does not take: a newer version of the plugin may have brought them. */
  readonly columnsLeft: readonly string[]
  /** Why it cannot be read: the plugin or the connection is gone, the settings no longer fit. null if it can. */
  readonly fault: string | null
  readonly createdAt: string
  readonly createdBy: string
}

/** @param connectionState undefined if the connection is gone */
export async function publicFeed(
  env: ConnectionEnv,
  record: FeedRecord,
  connectionState: 'connected' | 'broken' | undefined,
): Promise<Feed> {
  const source = env.plugins.find(record.plugin)?.parts.sources[record.part]
  const taken = new Set(record.columns.map(({ key }) => key))
  return {
    id: record.id,
    name: record.name,
    tableId: record.table_id,
    plugin: record.plugin,
    part: record.part,
    connectionId: record.connection_id,
    settings: record.settings,
    columns: record.columns.map(({ key, columnId }) => ({ key, columnId })),
    gone: record.gone,
    listens: record.listens,
    incremental: source?.incremental ?? false,
    since: record.since,
    runId: record.run_id,
    columnsLeft: Object.keys(source?.columns ?? {}).filter((key) => !taken.has(key)),
    fault: await faultOf(env, record, connectionState),
    createdAt: record.created_at,
    createdBy: record.created_by,
  }
}

async function faultOf(
  env: ConnectionEnv,
  record: FeedRecord,
  connectionState: 'connected' | 'broken' | undefined,
): Promise<string | null> {
  try {
    const plugin = env.plugins.get(record.plugin)
    await checkedSettings(plugin, findPart(plugin, 'sources', record.part), record.settings)
    checkConnectionGiven(plugin, record.connection_id)
  } catch (error) {
    if (isOpsError(error)) return error.message
    throw error
  }
  if (record.connection_id === null || connectionState === 'connected') return null
  return connectionState === undefined
    ? say('Its connection is gone. Choose another one.')
    : say('The vendor refuses the credentials of its connection. Reconnect.')
}
