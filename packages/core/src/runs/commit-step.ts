import { setTimeout as wait } from 'node:timers/promises'
import type { Actor } from '../catalog/actor.ts'
import { isHalting, saveRunStep } from '../catalog/run-claims.repository.ts'
import type { RunRecord } from '../db/tables/runs.db.ts'
import { isOpsError } from '../errors/ops-error.ts'
import type { Cause } from '../store/log-entry.ts'
import { continueOperation, type OperationLog } from '../store/operation-log.ts'
import type { OrgSession, TableWork } from '../store/org-session.ts'
import { ensurePart, PartMissing } from '../store/table-parts.ts'
import type { Json } from '../values/json.ts'
import { countsOf } from './run.ts'
import { ClaimLost, type RunClaim } from './run-claim.ts'
import type { AnyRunKind, OpenRun, StepResult } from './run-kind.ts'

/** A claimed run with all that a step needs. */
export interface RunUnderWay {
  readonly claim: RunClaim
  readonly kind: AnyRunKind
  readonly session: OrgSession
  readonly tableId: string
  readonly log: OperationLog
}

/** A run as it was last read, and as its kind sees it. */
export interface OpenedRecord {
  readonly record: RunRecord
  readonly run: OpenRun<unknown, unknown>
}

/** A run after a step. */
export interface CommittedStep {
  readonly record: RunRecord
  /** What the step has read of that which comes next, if it is known. */
  readonly foreseen?: unknown
}

/** Attempts at one step that others, or the network, get in the way of; pauses double from a tenth of a second. */
const attempts = 7

/**
 * Runs one step: its rows, checkpoint and progress in one transaction. Tried again after errors that may pass; where
 * the connection broke during the commit, the run itself tells whether the step counts.
 *
 * @throws ClaimLost
 */
export async function commitStep(
  { claim, kind, session, tableId, log }: RunUnderWay,
  { record, run }: OpenedRecord,
  prepared: unknown,
  activeMs: () => number,
  isEnding: () => boolean,
): Promise<CommittedStep> {
  const step = async (work: TableWork): Promise<CommittedStep> => {
    const result = await kind.step(work, run, {
      log,
      prepared,
      isHalting: async () => isEnding() || (kind.gather !== undefined && (await isHalting(work.tx.db, claim.run))),
    })
    const { checkpoint, progress, finished = false, rest, told, besides, foreseen }: StepResult<Json, unknown> = result
    const stand = {
      ...progress,
      ...(finished && { total: progress.done }),
      checkpoint,
      finished,
      stepsBefore: record.steps,
      activeMs: activeMs(),
      rest,
      told,
    }
    const { tx } = work
    const [saved] = await tx.together(() => [
      saveRunStep(tx.db, claim.run, stand, claim.leaseMs),
      besides?.() ?? Promise.resolve(),
    ])
    if (saved === undefined) throw new ClaimLost()
    return { record: saved, foreseen }
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await session.writeTable(tableId, {}, step)
    } catch (error) {
      if (isOpsError(error) && error.cause instanceof PartMissing) {
        await ensurePart(session, tableId, error.cause.part)
        continue
      }
      if (!isOpsError(error) || !error.retryable || attempt === attempts) throw error
      await wait(100 * 2 ** (attempt - 1))
    }
    const now = await claim.renew()
    if (now.steps > record.steps) return { record: now }
  }
}

/** A run as its kind sees it. */
export function openRun(record: RunRecord, tableId: string, kind: AnyRunKind): OpenRun<unknown, unknown> {
  return {
    id: record.id,
    tableId,
    input: kind.input.parse(record.input),
    checkpoint: record.checkpoint === null ? null : kind.checkpoint.parse(record.checkpoint),
    progress: { done: record.done, total: record.total, counts: countsOf(record.counts) },
    takeovers: record.takeovers,
  }
}

/** The operation that all the run writes belongs to. */
export function operationOf({ operation, cause }: RunRecord, actor: Actor): OperationLog {
  return continueOperation(actor, operation, Array.isArray(cause) ? (cause as unknown as Cause) : null)
}
