import { liveInputs } from '@opslayer/core/schemas'
import { trpcErrorOf } from '../error-data.ts'
import { liveStream } from '../events/live-stream.ts'
import type { OrgTails } from '../events/org-tails.ts'
import type { StreamCount } from '../events/stream-count.ts'
import { shownChange, toldChange } from '../events/told-change.ts'
import { checked, type Procedures, router, streamEnd } from '../trpc.ts'

/** Events of a stream are apart by at least this, in milliseconds, and by more when many streams are open. */
const interval = { leastMs: 25, perStreamMs: 0.25 } as const

/** A stream ends after this time, in milliseconds, and the client opens it anew: whoever may no longer look is found out. */
const lifeMs = 15 * 60_000

export function liveRouter(procedure: Procedures, tails: OrgTails, streams: StreamCount) {
  return router({
    changes: procedure('live.changes')
      .input(checked(liveInputs.changes))
      .subscription(async function* ({ ctx, input, signal }) {
        const { org, access, actorName } = ctx
        const shown = shownChange(input)
        const release = streams.begin(`${org.orgId} ${actorName}`)
        const ended = endOf(signal)
        try {
          yield* liveStream({
            tail: tails.of(org.orgId),
            changes: tails.changes(org.orgId),
            resumeAfter: input.lastEventId ?? undefined,
            show: (change) => {
              const concerning = shown(change)
              return concerning && toldChange(concerning, access)
            },
            intervalMs: () => Math.max(interval.leastMs, streams.open() * interval.perStreamMs),
            signal: ended,
          })
        } catch (error) {
          throw ended.aborted ? streamEnd() : trpcErrorOf(error)
        } finally {
          release()
        }
      }),
    /** A run as it is, and whenever it has changed, until it is over. */
    run: procedure('live.run')
      .input(checked(liveInputs.run))
      .subscription(async function* ({ ctx, input, signal }) {
        const release = streams.begin(`${ctx.org.orgId} ${ctx.actorName}`)
        const ended = endOf(signal)
        try {
          yield* ctx.org.runs.watch(input.runId, { signal: ended })
        } catch (error) {
          throw ended.aborted ? streamEnd() : trpcErrorOf(error)
        } finally {
          release()
        }
      }),
  })
}

/** Aborts when the client has left, or the stream has lived long enough. */
function endOf(signal: AbortSignal | undefined): AbortSignal {
  return AbortSignal.any([AbortSignal.timeout(lifeMs), ...(signal === undefined ? [] : [signal])])
}
