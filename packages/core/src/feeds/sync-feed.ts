import { findRun } from '../catalog/runs.repository.ts'
import type { ConnectionEnv } from '../connections/connection-env.ts'
import type { CallOptions } from '../db/transaction.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { isOver, type Run } from '../runs/run.ts'
import { getRun } from '../runs/runs.service.ts'
import type { OrgSession, Work } from '../store/org-session.ts'
import { type StartOptions, startedRun } from '../store/started-run.ts'
import { changeFeed, checkedFeedId, findFeed } from './feeds.repository.ts'
import { checkConnection, chooseSource, queueSource } from './queue-source.ts'

/** A vendor's clock may go behind the host's, and some of them show a change a little later. */
const overlapMs = 300_000

export interface SyncOptions extends CallOptions, StartOptions {
  /** Reads all records, also where the source can tell what changed: finds what is gone. @default false */
  readonly full?: boolean | undefined
}

/**
 * Reads a feed: all of it the first time, what changed since after that, where the source can tell. If a run of it is
 * under way already, that one is given.
 *
 * @throws OpsError `NOT_FOUND`, `INVALID_INPUT` if its settings no longer fit the plugin
 */
export async function syncFeed(
  env: ConnectionEnv,
  session: OrgSession,
  feedId: string,
  options: SyncOptions = {},
): Promise<Run> {
  const id = checkedFeedId(feedId)
  const present = await session.read(options, ({ tx, org }) => findFeed(tx.db, org.orgId, id))
  const source = await chooseSource(env, {
    plugin: present.plugin,
    part: present.part,
    connectionId: present.connection_id,
    settings: present.settings,
  })
  const runId = await session.writeTable(present.table_id, options, async (work) => {
    const { tx, org } = work
    const started = await startedRun(work, 'sync', work.table.id, options)
    if (started !== undefined) return started
    const feed = await findFeed(tx.db, org.orgId, id, true)
    if (feed.run_id !== null && (await isUnderWay(work, feed.run_id))) return feed.run_id
    await checkConnection(work, source)
    const readsAll = options.full === true || feed.since === null || source.part.incremental !== true
    const since = readsAll ? null : new Date(Date.parse(feed.since ?? '') - overlapMs).toISOString()
    const made = await queueSource(work, source, { feed: id, since, gone: feed.gone, columns: feed.columns }, options)
    await changeFeed(tx.db, org.orgId, id, { run_id: made })
    return made
  })
  session.wakeRun(runId)
  return await getRun(session, runId, options)
}

/** Runs are not kept for ever: one that is gone is over. */
async function isUnderWay({ tx, org }: Work, runId: string): Promise<boolean> {
  try {
    return !isOver((await findRun(tx.db, org.orgId, runId)).state)
  } catch (error) {
    if (isOpsError(error, 'NOT_FOUND')) return false
    throw error
  }
}
