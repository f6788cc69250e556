import { isPostgresError } from '../db/database-errors.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import type { LoggedEntry } from './change-log.operations.ts'
import { revertView } from './change-view.ts'
import { insertEmptyEntry } from './log-entry.ts'
import { type OperationLog, revertingEntry } from './operation-log.ts'
import type { TableWork, Work } from './org-session.ts'
import { loggedImages, revertColumn, revertTable } from './revert-definitions.ts'
import { revertDeletes } from './revert-deletes.ts'
import { revertInserts } from './revert-inserts.ts'
import { revertMoves } from './revert-moves.ts'
import type { RevertReport } from './revert-report.ts'
import { revertUpdates } from './revert-updates.ts'

/**
 * Takes back one entry of the change log, in the caller's transaction on its table: writers shut out for entries about
 * definitions, shared for rows.
 *
 * @param after ids of an insertion that an earlier transaction has dealt with
 * @returns the id behind which the next transaction goes on with the same entry; null when it is dealt with
 * @throws OpsError `CONTENTION` if someone takes a unique value between look and write; the same call may succeed
 */
export async function revertEntry(
  work: TableWork,
  log: OperationLog,
  entry: LoggedEntry,
  after: string,
  report: RevertReport,
): Promise<string | null> {
  try {
    const closing = revertingEntry(log, entry.seq)
    const { kind } = entry
    if (kind === 'rows-inserted') {
      const { closed, next } = await revertInserts(work, log, entry, after, report)
      if (!closed && next === null) await closeEntry(work, log, entry)
      return next
    }
    const written = await revertWhole(work, closing, entry, kind, report)
    if (written) log.written()
    else await closeEntry(work, log, entry)
    return null
  } catch (error) {
    if (!isPostgresError(error, '23505')) throw error
    throw new OpsError('CONTENTION', say('Others keep writing the same unique values. Try again.'), { cause: error })
  }
}

async function revertWhole(
  work: TableWork,
  log: OperationLog,
  entry: LoggedEntry,
  kind: Exclude<LoggedEntry['kind'], 'rows-inserted'>,
  report: RevertReport,
): Promise<boolean> {
  switch (kind) {
    case 'rows-updated':
      return await revertUpdates(work, log, entry, report)
    case 'rows-deleted':
      return await revertDeletes(work, log, entry, report)
    case 'rows-computed':
      return false
    case 'rows-moved':
      return await revertMoves(work, log, entry, report)
    case 'table':
      return await revertTable(work, log, entry, await loggedImages(work, entry.seq), report)
    case 'column':
      return await revertColumn(work, log, entry, await loggedImages(work, entry.seq), report)
    case 'view':
      return await revertView(work, log, await loggedImages(work, entry.seq), report)
    default:
      return kind satisfies never
  }
}

/** Says in the log that the entry is dealt with although nothing was left to write. */
export async function closeEntry(work: Work, log: OperationLog, entry: LoggedEntry): Promise<void> {
  await work.tx.run(insertEmptyEntry(work.org, revertingEntry(log, entry.seq).entry(entry.kind, entry.tableId)))
  log.written()
}
