import * as z from 'zod'
import type { CallOptions } from '../db/transaction.ts'
import { checkInput } from '../errors/check-input.ts'
import { OpsError } from '../errors/ops-error.ts'
import { say } from '../sentences/say.ts'
import { type ChangeRecord, endOfLog, type LogTail, noteTransactions, readTail } from '../store/change-log.tail.ts'
import type { OrgSession } from '../store/org-session.ts'
import { type Change, changeOf } from './change.ts'
import { decodeReaderCursor, encodeReaderCursor, type NotedGap, type ReaderCursor } from './reader-cursor.ts'

export interface ChangesQuery {
  /** `cursor` of the page before, or of `changes.end()`. @default the oldest entry kept */
  readonly after?: string | undefined
  /** Entries at most, 1 to 1,000; a page also ends once its entries name 20,000 rows. @default 200 */
  readonly limit?: number | undefined
  /** Whether entries carry `before` and `after`. @default false */
  readonly values?: boolean | undefined
}

export interface ChangesPage {
  readonly entries: readonly Change[]
  /** Where to go on, also when there were no entries. Store it with what was made of the entries. */
  readonly cursor: string
  /**
   * A number that is missing and whose writer has not ended yet: entries behind it wait. Older than 5 s (5,000) it is a
   * warning: some transaction on the database server is open and holds up all who follow the log.
   */
  readonly gap: { readonly seq: string; readonly ageMs: number } | null
}

const querySchema = z.object({
  limit: z.int().min(1).max(1_000).optional(),
  values: z.boolean().optional(),
})

/**
 * Reads the change log in order, never skipping and never repeating: also over transactions that are still open. What
 * the reader must remember is in the cursor, so any number of readers may read, each at its own pace.
 *
 * @throws OpsError `INVALID_INPUT`, `CHANGES_PRUNED` if entries behind the cursor are no longer kept
 */
export async function readChanges(
  session: OrgSession,
  query: ChangesQuery = {},
  options: CallOptions = {},
): Promise<ChangesPage> {
  const { limit = 200, values = false } = checkInput(querySchema, { limit: query.limit, values: query.values })
  const cursor = decodeReaderCursor(query.after)
  // Not `read`: a note takes a transaction id, and each statement needs a snapshot of its own.
  return await session.write({ ...options, logs: false }, async (work) => {
    const after = String(cursor.seq)
    const tail = await readTail(work, { after, limit, values, noted: cursor.gap?.xid ?? null })
    const delivered = deliverable(tail, cursor)
    const now = work.context.now.getTime()
    const note = await gapAfter(tail, cursor, delivered, async (upTo) => ({
      xid: await noteTransactions(work),
      upTo,
      since: now,
    }))
    return {
      entries: delivered.records.map(changeOf),
      cursor: encodeReaderCursor({ seq: delivered.seq, gap: note }),
      gap:
        note === null || !delivered.stopped
          ? null
          : { seq: String(delivered.seq + 1n), ageMs: Math.max(0, now - note.since) },
    }
  })
}

/** A cursor for what comes from now on. It may begin a little earlier, never later. */
export async function endOfChanges(session: OrgSession, options: CallOptions = {}): Promise<string> {
  return await session.read(options, endOfLog)
}

type EntryRecord = ChangeRecord & { readonly kind: Change['kind'] }

interface Delivered {
  readonly records: readonly EntryRecord[]
  /** The last number that is dealt with. */
  readonly seq: bigint
  /** Whether a number is missing before the next record. */
  readonly stopped: boolean
}

/** Records up to the first missing number. What is missing below a settled gap was rolled back. */
function deliverable({ records, settled }: LogTail, cursor: ReaderCursor): Delivered {
  const settledTo = settled && cursor.gap !== null ? cursor.gap.upTo : 0n
  const delivered: EntryRecord[] = []
  let seq = cursor.seq
  for (const record of records) {
    const number = BigInt(record.seq)
    if (number > settledTo && seq < settledTo) seq = settledTo
    if (isEntry(record)) {
      if (number > settledTo && number !== seq + 1n) return { records: delivered, seq, stopped: true }
      delivered.push(record)
    } else if (cursor.seq > 0n) throw pruned()
    seq = number
  }
  return { records: delivered, seq, stopped: false }
}

function isEntry(record: ChangeRecord): record is EntryRecord {
  return record.kind !== 'pruned'
}

function pruned(): OpsError {
  return new OpsError(
    'CHANGES_PRUNED',
    say('Changes behind this cursor are no longer kept. Read the tables anew and go on from `changes.end()`.'),
    { path: ['after'] },
  )
}

/** The note to keep: an earlier one that still says something about what comes, or a new one for a new gap. */
async function gapAfter(
  { records, foreign }: LogTail,
  cursor: ReaderCursor,
  { seq, stopped }: Delivered,
  note: (upTo: bigint) => Promise<NotedGap>,
): Promise<NotedGap | null> {
  if (cursor.gap !== null && !foreign && seq < cursor.gap.upTo) return cursor.gap
  if (!stopped) return null
  return await note(BigInt(records.at(-1)?.seq ?? seq))
}
