import type { RowHistoryEntry, TableHistoryEntry } from '../changes/history.service.ts'
import type { PruneOptions, PruneResult } from '../changes/prune-changes.ts'
import type { ChangesPage, ChangesQuery } from '../changes/read-changes.ts'
import type { CallOptions } from '../db/transaction.ts'
import type { ListOptions, Page } from '../store/tables.service.ts'

/** Who changed what and when, newest first, as far back as the change log goes. */
export interface HistoryApi {
  /** Also of a deleted row. */
  row(tableId: string, rowId: string, options?: ListOptions): Promise<Page<RowHistoryEntry>>
  /** @throws OpsError `NOT_FOUND` for an unknown column */
  cell(tableId: string, rowId: string, columnId: string, options?: ListOptions): Promise<Page<RowHistoryEntry>>
  table(tableId: string, options?: ListOptions): Promise<Page<TableHistoryEntry>>
}

/** The change log of the org, for whoever reacts to changes. */
export interface ChangesApi {
  /**
   * One page in the order of the log, never skipping and never repeating.
   *
   * @throws OpsError `CHANGES_PRUNED`
   */
  read(query?: ChangesQuery, options?: CallOptions): Promise<ChangesPage>
  /** Page after page as changes come, until the signal aborts. */
  follow(query?: ChangesQuery, options?: CallOptions): AsyncIterable<ChangesPage>
  /** A cursor for what comes from now on. It may begin a little earlier, never later. */
  end(options?: CallOptions): Promise<string>
  /** Deletes entries older than 90 days, or as said: how long they are kept is how far undo and history reach. */
  prune(options?: PruneOptions): Promise<PruneResult>
}
