import { setTimeout as wait } from 'node:timers/promises'
import { listRuns } from '../catalog/runs.repository.ts'
import type { CallOptions } from '../db/transaction.ts'
import { isOpsError } from '../errors/ops-error.ts'
import type { OrgSession } from '../store/org-session.ts'
import { cancelRun } from './runs.service.ts'

const going = ['queued', 'running', 'paused'] as const

/** Between two looks whether a run has ended its step. */
const pauseMs = 100

/**
 * Cancels the runs that write in the name of an operation and waits until their steps have ended: who takes the
 * operation back wants nothing more of them.
 */
export async function stopRunsOf(session: OrgSession, operation: string, options: CallOptions): Promise<void> {
  for (;;) {
    const runs = await session.read(options, ({ tx, org }) =>
      listRuns(tx.db, org.orgId, { operation, states: going }, { limit: 10 }),
    )
    if (runs.length === 0) return
    for (const { id } of runs) {
      // Again and again: its process may be gone, which shows once its claim has run out. Or it has ended meanwhile.
      await cancelRun(session, id, options).catch((error: unknown) => {
        if (!isOpsError(error, 'CONFLICT')) throw error
      })
    }
    await wait(pauseMs, undefined, options.signal === undefined ? {} : { signal: options.signal })
  }
}
