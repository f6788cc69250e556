import { OpsError } from '@opslayer/core'
import { say } from '@opslayer/core/sentences'

/** How much one actor may ask of one process. */
export interface CallLimits {
  /** Calls at once; a batch counts by its calls, an export until it is read or given up. @default 64 */
  readonly concurrent?: number | undefined
  /** Calls a second in the long run. @default 100 */
  readonly perSecond?: number | undefined
  /** Calls beyond that rate that may come in one burst. @default 300 */
  readonly burst?: number | undefined
}

/** Actors remembered at most; 100 bytes each. Whoever was forgotten begins with a full burst. */
const maxActors = 20_000

interface Usage {
  running: number
  /** When the burst will be full again: the one number of a GCRA. In milliseconds. */
  full: number
}

/** Counts calls by actor. In this process alone: what many processes together let through is the database's to bear. */
export interface Limiter {
  /**
   * Begins a call.
   *
   * @returns ends it
   * @throws OpsError `RATE_LIMITED`
   */
  begin(actor: string, now?: number): () => void
}

export function createLimiter({ concurrent = 64, perSecond = 100, burst = 300 }: CallLimits): Limiter {
  const actors = new Map<string, Usage>()
  const stepMs = 1_000 / perSecond

  function usageOf(actor: string): Usage {
    const usage = actors.get(actor) ?? { running: 0, full: 0 }
    // The least recently seen stand first.
    actors.delete(actor)
    actors.set(actor, usage)
    if (actors.size > maxActors) {
      const idle = actors.entries().find(([, { running }]) => running === 0)
      if (idle !== undefined) actors.delete(idle[0])
    }
    return usage
  }

  return {
    begin: (actor, now = performance.now()) => {
      const usage = usageOf(actor)
      if (usage.running >= concurrent) {
        throw new OpsError(
          'RATE_LIMITED',
          say('At most {#count} calls at once. Wait for some to end.', { count: concurrent }),
        )
      }
      const full = Math.max(usage.full, now) + stepMs
      if (full - now > burst * stepMs) {
        throw new OpsError(
          'RATE_LIMITED',
          say('At most {#count} calls a second. Wait a moment and call again.', { count: perSecond }),
        )
      }
      usage.full = full
      usage.running += 1
      return () => {
        usage.running -= 1
      }
    },
  }
}
