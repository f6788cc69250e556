import type { CallOptions } from '../db/transaction.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { type LoggedEntry, lockReverting, nextToRevert, revertOf } from '../store/change-log.operations.ts'
import type { ChangeKind } from '../store/log-entry.ts'
import { type OperationLog, startOperation, type WriteOptions } from '../store/operation-log.ts'
import type { OrgSession, TableWork, Work } from '../store/org-session.ts'
import { loggedImages } from '../store/revert-definitions.ts'
import { closeEntry, revertEntry } from '../store/revert-entry.ts'
import { addConflicts, emptyRevertReport, type RevertConflict, type RevertReport } from '../store/revert-report.ts'
import { refuseOutside, refuseRevert } from '../store/seen-rows.ts'
import type { TableImage } from '../store/tables.service.ts'
import { type ChangedPlace, placeOfOperation } from './changed-row.ts'
import type { NextRevert } from './operation-stack.ts'

export interface RevertOptions extends CallOptions, WriteOptions {
  /** Called after each transaction of up to 5,000 rows with the rows done so far. */
  readonly onProgress?: ((done: { readonly rows: number }) => void) | undefined
}

/** What an undo or redo did, and where. */
export interface RevertResult extends ChangedPlace {
  /** The undo or redo itself; null if the target left nothing to do. */
  readonly operation: string | null
  /** The operation that was taken back. */
  readonly target: string
  /** What the target's last change was about; null if there was nothing to do. */
  readonly kind: ChangeKind | null
  /** Rows put back, removed or moved by this call. */
  readonly rows: number
  /** What was left as it is because someone changed it since: at most 1,000. */
  readonly conflicts: readonly RevertConflict[]
  readonly totalConflicts: number
}

const contentionRetries = 3

/**
 * Takes back the entries of an operation, newest first, a transaction for each 5,000 rows. What is done is read from
 * the log each time, so calls that follow an interruption go on where it stopped, and two at once share the work.
 */
export async function revertOperation(
  session: OrgSession,
  { target, role }: Pick<NextRevert, 'target' | 'role'>,
  options: RevertOptions,
): Promise<RevertResult> {
  const report = emptyRevertReport()
  const fresh = startOperation(session.actor, options, { role, target })
  let operation: string | null = null
  let kind: ChangeKind | null = null
  let failures = 0
  let at: Place = { seq: '0', after: '0' }
  for (;;) {
    const entry = await session.read(options, (work) => pending(work, target))
    if (entry === undefined) {
      const place = await placeOfOperation(session, operation, options)
      return { operation, target, kind, ...report, ...place }
    }
    kind ??= entry.kind
    if (at.seq !== entry.seq) at = { seq: entry.seq, after: '0' }
    try {
      const step = await revertStep(session, { target, role, entry, after: at.after, log: fresh }, options)
      operation = step.operation
      at = { seq: entry.seq, after: step.next ?? '0' }
      mergeReport(report, step.report)
      failures = 0
      options.onProgress?.({ rows: report.rows })
    } catch (error) {
      failures += 1
      if (!isOpsError(error, 'CONTENTION') || failures > contentionRetries) throw error
    }
  }
}

/** The entry that is being dealt with, and the row id behind which to go on. */
interface Place {
  readonly seq: string
  readonly after: string
}

interface Step {
  readonly target: string
  readonly role: NextRevert['role']
  readonly entry: LoggedEntry
  readonly after: string
  readonly log: OperationLog
}

interface StepOutcome {
  readonly operation: string | null
  readonly next: string | null
  readonly report: RevertReport
}

async function pending(work: Work, target: string): Promise<LoggedEntry | undefined> {
  const begun = await revertOf(work, target)
  return await nextToRevert(work, target, begun?.id ?? null)
}

/** One transaction. Its report counts only once it is committed. */
async function revertStep(session: OrgSession, step: Step, options: RevertOptions): Promise<StepOutcome> {
  const { entry, after, log } = step
  const report = emptyRevertReport()
  const work = (table: TableWork): Promise<StepOutcome> =>
    underLock(session, table, step, options, report, async (own) => {
      await refuseRevert(table, entry)
      const rest = await revertEntry(table, own, entry, after, report)
      await refuseOutside(table, own)
      return rest
    })
  try {
    if (entry.kind === 'table')
      return await session.defineTable(entry.tableId, await stateOf(session, entry, options), work)
    if (entry.kind === 'column') return await session.defineTable(entry.tableId, options, work)
    return await session.writeTable(entry.tableId, options, work)
  } catch (error) {
    if (!isOpsError(error, 'NOT_FOUND')) throw error
    return await session.write(options, (plain) =>
      underLock(session, plain, { ...step, log }, options, emptyRevertReport(), async (own, fresh) => {
        const reason = entry.kind === 'table' ? 'changed' : 'table-deleted'
        addConflicts(fresh, [{ tableId: entry.tableId, rowId: null, columnId: null, reason }])
        await closeEntry(plain, own, entry)
        return null
      }),
    )
  }
}

/** A table that the entry deleted is looked for among the deleted ones. */
async function stateOf(
  session: OrgSession,
  entry: LoggedEntry,
  options: RevertOptions,
): Promise<RevertOptions & { deleted: boolean }> {
  const { after } = await session.read(options, (work) => loggedImages<TableImage>(work, entry.seq))
  return { ...options, deleted: after.deleted === true }
}

/** Whoever else takes the same operation back has to wait; if they were faster, there is nothing to do. */
async function underLock(
  session: OrgSession,
  work: Work,
  { target, role, entry, log }: Step,
  options: RevertOptions,
  report: RevertReport,
  revert: (log: OperationLog, report: RevertReport) => Promise<string | null>,
): Promise<StepOutcome> {
  await lockReverting(work, target)
  const begun = await revertOf(work, target)
  const next = await nextToRevert(work, target, begun?.id ?? null)
  if (next?.seq !== entry.seq) return { operation: begun?.id ?? null, next: null, report }
  const own = begun === undefined ? log : startOperation(session.actor, options, { role, target, resumed: begun.id })
  const rest = await revert(own, report)
  return { operation: own.operation.id, next: rest, report }
}

function mergeReport(into: RevertReport, { rows, conflicts, totalConflicts }: RevertReport): void {
  into.rows += rows
  addConflicts(into, conflicts, totalConflicts)
}
