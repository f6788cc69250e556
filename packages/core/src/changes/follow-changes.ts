import { setTimeout as sleep } from 'node:timers/promises'
import type { CallOptions } from '../db/transaction.ts'
import type { OrgSession } from '../store/org-session.ts'
import { type ChangesPage, type ChangesQuery, readChanges } from './read-changes.ts'

/**
 * Pause before the log is asked again: short while work goes on, doubling to the longest when nothing happens. A write
 * ends a longer one, by this process or by another that can tell of it.
 */
const pauses = { shortestMs: 20, longestMs: 500 } as const

/** Age from which a gap is a warning. */
const stuckGapMs = 5_000

/**
 * Follows the change log: yields each page as it comes, until the signal aborts. A page without entries comes only to
 * warn of a gap that is older than 5 s.
 *
 * @throws the signal's reason; OpsError as {@link readChanges}
 */
export async function* followChanges(
  session: OrgSession,
  query: ChangesQuery = {},
  options: CallOptions = {},
): AsyncGenerator<ChangesPage, never> {
  options.signal?.throwIfAborted()
  const { announcements } = await session.database()
  const stop = announcements.hear(session.orgId, () => session.writes.written(session.orgId))
  try {
    return yield* lookAgain(session, query, options)
  } finally {
    stop()
  }
}

async function* lookAgain(
  session: OrgSession,
  query: ChangesQuery,
  options: CallOptions,
): AsyncGenerator<ChangesPage, never> {
  let after = query.after
  let pauseMs: number = pauses.shortestMs
  let warned = false
  for (;;) {
    const seen = session.writes.count(session.orgId)
    const page = await readChanges(session, { ...query, after }, options)
    const stuck = page.gap !== null && page.gap.ageMs >= stuckGapMs
    if (page.entries.length > 0 || (stuck && !warned)) yield page
    warned = stuck
    after = page.cursor
    const waits = page.entries.length === 0 || page.gap !== null
    pauseMs = page.entries.length > 0 ? pauses.shortestMs : Math.min(pauseMs * 2, pauses.longestMs)
    if (!waits) continue
    await pause(pauses.shortestMs, options.signal)
    const longer = page.gap === null || stuck ? pauseMs - pauses.shortestMs : 0
    if (longer > 0) await session.writes.next(session.orgId, seen, longer, options.signal)
    options.signal?.throwIfAborted()
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
  signal?.throwIfAborted()
}
