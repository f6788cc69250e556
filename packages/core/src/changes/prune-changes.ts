import * as z from 'zod'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { pruneOldest } from '../store/change-log.prune.ts'
import type { OrgSession } from '../store/org-session.ts'

export interface PruneOptions extends CallOptions {
  /** Entries from before this moment go. @default 90 days ago */
  readonly olderThan?: Date | undefined
}

export interface PruneResult {
  readonly entries: number
}

const olderThanSchema = z.date().optional()

/** How long changes are kept unless the host says otherwise, in milliseconds. */
const defaultRetentionMs: number = 90 * 24 * 60 * 60 * 1000

/**
 * Deletes old entries of the change log, 1,000 a transaction. Its retention is the horizon of undo, of history and of
 * restoring deleted rows; a reader that has not read so far gets `CHANGES_PRUNED`.
 */
export async function pruneChanges(session: OrgSession, options: PruneOptions = {}): Promise<PruneResult> {
  const given = checkInput(olderThanSchema, options.olderThan, ['olderThan'])
  let entries = 0
  for (;;) {
    const step = await session.write(options, async (work) => {
      const before = given ?? new Date(work.context.now.getTime() - defaultRetentionMs)
      return await pruneOldest(work, before.toISOString())
    })
    entries += step.entries
    if (!step.more) return { entries }
  }
}
