import { setTimeout as sleep } from 'node:timers/promises'
import { type ChangesApi, isOpsError } from '@opslayer/core'
import { tracked } from '@trpc/server'
import { type LiveChange, type LiveEvent, liveChangeOf } from './live-event.ts'
import type { OrgTail, TailPage } from './org-tail.ts'

export interface LiveStreamOptions {
  readonly tail: OrgTail
  /** For what a resumed stream has missed. */
  readonly changes: ChangesApi
  /** Id of the last event that the client got. */
  readonly resumeAfter: string | undefined
  /** What the client is told of a change; undefined for nothing. */
  readonly show: (change: LiveChange) => LiveChange | undefined
  /** Pause between two events, in milliseconds: what comes meanwhile goes together. */
  readonly intervalMs: () => number
  readonly signal: AbortSignal
}

/** What waits for a reader that is slow: beyond it the reader is told to read anew. */
const bounds = { changes: 2_000, rows: 50_000 } as const

/** Entries that a resumed stream catches up on; whoever has missed more reads anew. */
const maxMissed = 10_000

/**
 * The events of one client, without gap or repeat: each event's id is the cursor behind the changes it tells of.
 *
 * It listens to the tail first, and then reads what the client has missed up to where the tail stood.
 */
export async function* liveStream(options: LiveStreamOptions): AsyncGenerator<ReturnType<typeof tracked<LiveEvent>>> {
  const { tail, show, intervalMs, signal, resumeAfter } = options
  const waiting = createBacklog(show)
  const { cursor, end } = await tail.listen(waiting.add)
  try {
    const begunAt = await beginning(options, cursor)
    if (resumeAfter === undefined) yield tracked<LiveEvent>(cursor, { type: 'ready' })
    else if (begunAt < seqOf(resumeAfter)) yield tracked<LiveEvent>(cursor, { type: 'resync' })
    else yield* missed(options, resumeAfter, cursor)
    for (;;) {
      await waiting.filled(signal)
      const event = waiting.take(begunAt)
      if (event !== undefined) yield event
      await sleep(intervalMs(), undefined, { signal })
    }
  } finally {
    end()
  }
}

/**
 * The number of the last change that the client knows of. Behind the tail, it is the client's own word. Ahead of it, the client
 * may have heard of it from another process; ahead of the log itself, it knows a log that is no more: that of a database which
 * was restored.
 */
async function beginning({ changes, resumeAfter, signal }: LiveStreamOptions, cursor: string): Promise<bigint> {
  const told = seqOf(resumeAfter ?? cursor)
  if (told <= seqOf(cursor)) return told
  const end = seqOf(await changes.end({ signal }))
  return told <= end ? told : seqOf(cursor)
}

/** What was written behind `after`, up to where the tail stood. */
async function* missed(
  { changes, show, signal }: LiveStreamOptions,
  resumeAfter: string,
  upTo: string,
): AsyncGenerator<ReturnType<typeof tracked<LiveEvent>>> {
  const last = seqOf(upTo)
  let after = resumeAfter
  let entries = 0
  while (seqOf(after) < last) {
    const page = await changes.read({ after, limit: 1_000 }, { signal }).catch((error: unknown) => {
      if (isOpsError(error, 'CHANGES_PRUNED')) return undefined
      throw error
    })
    entries += page?.entries.length ?? 0
    if (page === undefined || entries > maxMissed) {
      yield tracked<LiveEvent>(upTo, { type: 'resync' })
      return
    }
    const isPast = seqOf(page.cursor) >= last
    const shown = page.entries
      .filter(({ seq }) => BigInt(seq) <= last)
      .flatMap((entry) => show(liveChangeOf(entry)) ?? [])
    if (shown.length > 0) yield tracked<LiveEvent>(isPast ? upTo : page.cursor, { type: 'changes', changes: shown })
    if (page.entries.length === 0) await sleep(20, undefined, { signal })
    after = page.cursor
  }
}

/** What the tail told and the client was not told yet. */
function createBacklog(show: LiveStreamOptions['show']) {
  let changes: LiveChange[] = []
  let rows = 0
  let cursor: string | undefined
  let lost = false
  let fault: { readonly error: unknown } | undefined
  let arrived = Promise.withResolvers<void>()

  function shownOf(page: TailPage): readonly LiveChange[] {
    try {
      return page.changes.flatMap((change) => show(change) ?? [])
    } catch (error) {
      // The host's rules for this client fail: that ends its stream, and no other one's.
      fault ??= { error }
      arrived.resolve()
      return []
    }
  }

  return {
    add: (page: TailPage): void => {
      const shown = shownOf(page)
      cursor = page.cursor
      lost ||= page.lost
      rows += shown.reduce((sum, change) => sum + (change.rows?.length ?? 0), 0)
      if (changes.length + shown.length > bounds.changes || rows > bounds.rows) lost = true
      if (lost) {
        changes = []
        rows = 0
      } else changes.push(...shown)
      if (lost || changes.length > 0) arrived.resolve()
    },
    filled: async (signal: AbortSignal): Promise<void> => {
      signal.throwIfAborted()
      const aborted = Promise.withResolvers<void>()
      const onAbort = (): void => aborted.resolve()
      signal.addEventListener('abort', onAbort, { once: true })
      try {
        await Promise.race([arrived.promise, aborted.promise])
      } finally {
        signal.removeEventListener('abort', onAbort)
      }
      signal.throwIfAborted()
    },
    /**
     * @param behind changes up to here were told already
     * @throws what the host's rules have thrown
     */
    take: (behind: bigint): ReturnType<typeof tracked<LiveEvent>> | undefined => {
      if (fault !== undefined) throw fault.error
      const fresh = changes.filter(({ seq }) => BigInt(seq) > behind)
      const event: LiveEvent | undefined = lost
        ? { type: 'resync' }
        : fresh.length > 0
          ? { type: 'changes', changes: fresh }
          : undefined
      const id = cursor
      changes = []
      rows = 0
      lost = false
      arrived = Promise.withResolvers()
      return event === undefined || id === undefined ? undefined : tracked(id, event)
    },
  }
}

/** The number in a cursor of the change log. */
function seqOf(cursor: string): bigint {
  const [seq = ''] = cursor.split(':', 1)
  return /^\d{1,19}$/.test(seq) ? BigInt(seq) : 0n
}
