import { findRun } from '../catalog/runs.repository.ts'
import type { CallOptions } from '../db/transaction.ts'
import { OpsError } from '../errors/ops-error.ts'
import { isOver, type Run } from '../runs/run.ts'
import { cancelRun, checkedRunId } from '../runs/runs.service.ts'
import { say } from '../sentences/say.ts'
import type { OrgSession } from '../store/org-session.ts'
import type { StartOptions } from '../store/started-run.ts'
import { startColumnRun } from './cells.service.ts'
import { columnCheckpointSchema, columnInputSchema } from './column-checkpoint.ts'
import { columnKind, endColumnRun } from './column-run.ts'
import { freeReservations } from './spend.repository.ts'

/**
 * Asks anew for the cells that a run over a column has left failed, and for no others.
 *
 * @throws OpsError `NOT_FOUND`; `CONFLICT` while the run goes on; `INVALID_INPUT` for a run of another kind
 */
export async function retryRun(
  session: OrgSession,
  runId: string,
  options: CallOptions & StartOptions = {},
): Promise<Run> {
  const id = checkedRunId(runId)
  const run = await session.read(options, ({ tx, org }) => findRun(tx.db, org.orgId, id))
  if (run.kind !== columnKind || run.table_id === null) {
    throw new OpsError(
      'INVALID_INPUT',
      say('A run of the kind "{kind}" is resumed, not retried.', { kind: run.kind }),
      { path: ['runId'] },
    )
  }
  if (!isOver(run.state))
    throw new OpsError(
      'CONFLICT',
      say('The run is {~state}; its failed cells are asked for anew once it is over.', { state: run.state }),
    )
  const input = columnInputSchema.parse(run.input)
  return await startColumnRun(session, run.table_id, input.columnId, options, () => ({
    ...input,
    which: 'failed',
    rows: null,
    failedIn: id,
  }))
}

/**
 * Cancels a run; the cells that one over a column has marked are as they were before, also where its process is gone.
 *
 * @throws OpsError `NOT_FOUND`; `CONFLICT` if it is done
 */
export async function cancelColumnRun(session: OrgSession, runId: string, options: CallOptions = {}): Promise<Run> {
  const run = await cancelRun(session, runId, options)
  if (run.state === 'cancelled') {
    await session.write(options, ({ tx }) => freeReservations(tx.db, session.orgId, run.id))
  }
  if (run.kind === columnKind && run.state === 'cancelled' && run.tableId !== null) {
    const record = await session.read(options, ({ tx, org }) => findRun(tx.db, org.orgId, run.id))
    const input = columnInputSchema.parse(record.input)
    const checkpoint = record.checkpoint === null ? null : columnCheckpointSchema.parse(record.checkpoint)
    await endColumnRun(session, { id: run.id, tableId: run.tableId, input, checkpoint })
  }
  return run
}
