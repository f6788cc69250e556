import { setTimeout as wait } from 'node:timers/promises'
import type { EngineBench, EngineProcess } from './engine-bench.ts'
import type { SharedDatabase } from './shared-database.ts'

/** While a run goes on, it is looked at so often. */
const lookMs = 10

/** Of a worker that is to look once. */
const longestPauseMs = 3_600_000

/** Lets a process work on a run until it is over, or the process is; waits pass at once, for the vendor as well. */
export async function goOn<State>(
  database: SharedDatabase,
  { vendor }: EngineBench<State>,
  { ops, life }: Omit<EngineProcess, 'life'> & { readonly life: EngineProcess['life'] | null },
  runId: string,
): Promise<void> {
  // The process that began the run works on it already; a look for runs would be counted among its round trips.
  if (life === null) ops.startWorker({ everyMs: lookMs })
  while (life?.hasEnded !== true) {
    const { state, waitMs } = await database.hurry(runId)
    const isOver = state === 'done' || state === 'failed' || state === 'cancelled'
    if (isOver || (state === 'paused' && waitMs === null)) return
    if (waitMs !== null && waitMs > 0) {
      await vendor.clock.advance(waitMs)
      // One look, now.
      if (life !== null) ops.startWorker({ everyMs: longestPauseMs })
    }
    await wait(lookMs)
  }
}
