import { OpsError } from '@opslayer/core'
import { say } from '@opslayer/core/sentences'

/** How many streams of events may be open. */
export interface StreamLimits {
  /** Of one actor: browsers' tabs, one each. @default 20 */
  readonly perActor?: number | undefined
  /** Of this process. @default 10000 */
  readonly inAll?: number | undefined
}

/** Counts open streams. */
export interface StreamCount {
  open(): number
  /**
   * @returns ends it
   * @throws OpsError `RATE_LIMITED`
   */
  begin(actor: string): () => void
}

export function countStreams({ perActor = 20, inAll = 10_000 }: StreamLimits): StreamCount {
  const byActor = new Map<string, number>()
  let all = 0
  return {
    open: () => all,
    begin: (actor) => {
      const own = byActor.get(actor) ?? 0
      if (own >= perActor)
        throw new OpsError(
          'RATE_LIMITED',
          say('At most {#count} event streams at once. Close some.', { count: perActor }),
        )
      if (all >= inAll) throw new OpsError('RATE_LIMITED', say('This server has as many event streams as it can bear.'))
      byActor.set(actor, own + 1)
      all += 1
      return () => {
        const left = (byActor.get(actor) ?? 1) - 1
        if (left === 0) byActor.delete(actor)
        else byActor.set(actor, left)
        all -= 1
      }
    },
  }
}
