import { liveInputs } from '@opslayer/core/schemas'
import { trpcErrorOf } from '../error-data.ts'
import type { LiveChange } from '../events/live-event.ts'
import { liveStream } from '../events/live-stream.ts'
import type { OrgTails } from '../events/org-tails.ts'
import type { StreamCount } from '../events/stream-count.ts'
import { checked, type Procedures, router } from '../trpc.ts'

/** Events of a stream are apart by at least this, in milliseconds, and by more when many streams are open. */
const interval = { leastMs: 25, perStreamMs: 0.25 } as const

/** A stream ends after this time, in milliseconds, and the client opens it anew: whoever may no longer look is found out. */
const lifeMs = 15 * 60_000

export function liveRouter(procedure: Procedures, tails: OrgTails, streams: StreamCount) {
  return router({
    changes: procedure('live.changes')
      .input(checked(liveInputs.changes))
      .subscription(async function* ({ ctx, input, signal }) {
        const { org, actorName } = ctx
        const release = streams.begin(`${org.orgId} ${actorName}`)
        const ended = AbortSignal.any([AbortSignal.timeout(lifeMs), ...(signal === undefined ? [] : [signal])])
        try {
          yield* liveStream({
            tail: tails.of(org.orgId),
            changes: org.changes,
            resumeAfter: input.lastEventId ?? undefined,
            show: shownTo(input),
            intervalMs: () => Math.max(interval.leastMs, streams.open() * interval.perStreamMs),
            signal: ended,
          })
        } catch (error) {
          // An ending without a word makes the client connect again.
          throw ended.aborted ? new DOMException('The stream has ended.', 'AbortError') : trpcErrorOf(error)
        } finally {
          release()
        }
      }),
  })
}

interface Shown {
  readonly tableIds?: readonly string[] | undefined
  readonly columnIds?: readonly string[] | undefined
}

/** Leaves out changes of tables and columns that the client does not show. */
function shownTo({ tableIds, columnIds }: Shown): (change: LiveChange) => LiveChange | undefined {
  const tables = tableIds === undefined ? undefined : new Set(tableIds)
  const columns = columnIds === undefined ? undefined : new Set(columnIds)
  return (change) => {
    if (tables !== undefined && !tables.has(change.tableId)) return undefined
    const isShown = columns === undefined || change.columns === null || change.kind !== 'rows-updated'
    return isShown || change.columns?.some((id) => columns.has(id)) === true ? change : undefined
  }
}
