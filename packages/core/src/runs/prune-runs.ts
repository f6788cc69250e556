import { deleteEndedRuns } from '../catalog/runs.repository.ts'
import type { CallOptions } from '../db/transaction.ts'
import type { OrgSession } from '../store/org-session.ts'
import { openRun } from './commit-step.ts'
import type { AnyRunKind } from './run-kind.ts'

/** Runs of one transaction. */
const atOnce = 200

/** Removes runs of an org that ended before a moment, with their outputs and what their kinds keep elsewhere. */
export async function pruneRuns(
  session: OrgSession,
  kinds: ReadonlyMap<string, AnyRunKind>,
  before: Date,
  options: CallOptions = {},
): Promise<number> {
  let pruned = 0
  for (;;) {
    const runs = await session.write(options, ({ tx, org }) =>
      deleteEndedRuns(tx.db, org.orgId, before.toISOString(), atOnce),
    )
    for (const run of runs) {
      const kind = kinds.get(run.kind)
      if (kind !== undefined && run.table_id !== null) await kind.ended?.(openRun(run, run.table_id, kind), { session })
    }
    pruned += runs.length
    if (runs.length < atOnce) return pruned
  }
}
