import { findRun, runNotFound } from '../catalog/runs.repository.ts'
import type { CallOptions } from '../db/transaction.ts'
import { checkedRunId } from '../runs/runs.service.ts'
import type { OrgSession } from '../store/org-session.ts'
import { type SourceProblem, sourceCheckpointSchema } from './source-input.ts'

/**
 * Why records of a run did not become rows, or cells stayed empty: one entry for each reason, at most 50.
 *
 * @throws OpsError `NOT_FOUND`
 */
export async function sourceProblems(
  session: OrgSession,
  runId: string,
  options: CallOptions = {},
): Promise<readonly SourceProblem[]> {
  const id = checkedRunId(runId)
  const run = await session.read(options, ({ tx, org }) => findRun(tx.db, org.orgId, id))
  if (run.kind !== 'source' && run.kind !== 'sync') throw runNotFound(id)
  return run.checkpoint === null ? [] : sourceCheckpointSchema.parse(run.checkpoint).problems
}
