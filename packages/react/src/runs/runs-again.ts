import type { OpsRun } from '../data/client/runs-calls.ts'

/** What became of the cells that a run has left failed. */
export interface RunAgain {
  /** Of those, how many have failed again; null while they are asked for. */
  readonly left: number | null
  /** Whether a run has taken them all, so that they are its own to ask for anew. */
  readonly isTaken: boolean
}

/**
 * The runs that others have asked for again, by their ids.
 *
 * @param runs the latest first
 */
export function runsAgain(runs: readonly OpsRun[]): ReadonlyMap<string, RunAgain> {
  const again = new Map<string, RunAgain>()
  for (const run of runs) {
    const former = formerOf(run)
    if (former === undefined || again.has(former)) continue
    const failed = again.get(run.id)?.left ?? run.progress.counts.failed ?? 0
    again.set(former, {
      left: run.endedAt === null ? null : failed,
      isTaken: run.state !== 'cancelled' && run.state !== 'failed',
    })
  }
  return again
}

/** The run whose failed cells a run asks for. */
function formerOf({ kind, input }: OpsRun): string | undefined {
  const { failedIn } = Object(input) as { readonly failedIn?: unknown }
  return kind === 'column' && typeof failedIn === 'string' ? failedIn : undefined
}
