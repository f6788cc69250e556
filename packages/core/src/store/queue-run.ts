import { newOperationId, newRunId } from '../catalog/new-id.ts'
import { insertRun } from '../catalog/runs.repository.ts'
import type { RunLane } from '../db/tables/runs.db.ts'
import type { Operation } from './log-entry.ts'
import { checkedCause } from './operation-log.ts'
import type { Work } from './org-session.ts'
import { keptKey, type StartOptions } from './started-run.ts'

/** A run to be worked on once the transaction that queues it commits. */
export interface QueuedRun extends StartOptions {
  /** Which kind of run; its input is the kind's, as JSON. */
  readonly kind: string
  readonly tableId: string
  readonly input: object
  /** Rows to deal with, where that is known. */
  readonly total?: number | undefined
  /** Which waiting runs it goes before. @default 2, none */
  readonly lane?: RunLane | undefined
  /** The operation that everything the run writes belongs to, so that one undo takes it back. @default a new one */
  readonly operation?: Operation['id'] | undefined
}

/**
 * Queues a run in the caller's transaction. Call `session.wakeRun(id)` once it has committed, and this process begins at
 * once; a process that looks for runs finds it in any case.
 *
 * @returns the run's id
 */
export async function queueRun(work: Work, run: QueuedRun): Promise<string> {
  const { tx, org, actor } = work
  const id = newRunId()
  await insertRun(tx.db, org.orgId, {
    id,
    kind: run.kind,
    table_id: run.tableId,
    total: run.total ?? null,
    operation: run.operation ?? newOperationId(),
    lane: run.lane ?? 2,
    input: run.input,
    actor,
    cause: checkedCause(run),
    key: keptKey(work, run),
  })
  return id
}
