import type { CallOptions } from '../db/transaction.ts'
import type { Run } from '../runs/run.ts'
import type { WriteOptions } from '../store/operation-log.ts'
import type { StartOptions } from '../store/started-run.ts'
import type { Page } from '../store/tables.service.ts'
import type { Feed } from './feed.ts'
import type { FeedChanges, FeedInput, FeedsQuery } from './feeds.service.ts'
import type { SourcePreview } from './preview-source.ts'
import type { SourceProblem } from './source-input.ts'
import type { SourceChoice, SourceRequest } from './start-source.ts'
import type { SyncOptions } from './sync-feed.ts'

type Writing = CallOptions & WriteOptions

/** Records of vendors as rows: read once, or by feeds that keep them up to date. */
export interface SourcesApi {
  /** The first rows that a source would give. Writes nothing. @throws OpsError `NOT_FOUND`, `INVALID_INPUT` */
  preview(
    request: Pick<SourceChoice, 'plugin' | 'part' | 'connectionId' | 'settings'>,
    options?: CallOptions,
  ): Promise<SourcePreview>
  /**
   * Starts reading a source into a table, or into a new one for null, as a run: see `runs`. Rows are recognised by their
   * records' keys, so the same call, made later, brings them up to date.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT`, `LIMIT_EXCEEDED`
   */
  start(tableId: string | null, request: SourceRequest, options?: CallOptions & StartOptions): Promise<Run>
  /** Why records of a run did not become rows, and cells stayed empty. @throws OpsError `NOT_FOUND` */
  problems(runId: string, options?: CallOptions): Promise<readonly SourceProblem[]>
  /** Saves a source as a feed of a table, or of a new one for null. @throws OpsError `NOT_FOUND`, `INVALID_INPUT` */
  create(tableId: string | null, input: FeedInput, options?: Writing): Promise<Feed>
  /** @throws OpsError `NOT_FOUND` */
  get(feedId: string, options?: CallOptions): Promise<Feed>
  /** Feeds: all, of a table, or of a connection. */
  list(query?: FeedsQuery): Promise<Page<Feed>>
  /** With other settings, columns or another connection, the next sync reads all. @throws OpsError `NOT_FOUND`, `INVALID_INPUT` */
  update(feedId: string, changes: FeedChanges, options?: Writing): Promise<Feed>
  /** Forgets a feed; its rows stay. @throws OpsError `NOT_FOUND` */
  delete(feedId: string, options?: CallOptions): Promise<void>
  /**
   * Reads a feed as a run of the kind `sync`: all of it, or what changed since the last one where the source can tell. Gives
   * the run that is under way, if there is one.
   *
   * @throws OpsError `NOT_FOUND`, `INVALID_INPUT` if its settings no longer fit
   */
  sync(feedId: string, options?: SyncOptions): Promise<Run>
}
