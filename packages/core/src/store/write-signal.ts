import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Tells who follows the change log of an org that somebody has written there, so that they look at once and not at their
 * next turn: this process says so itself, others by their announcements.
 */
export interface WriteSignal {
  /** Called after each commit, and when another process has told of one. */
  written(orgId: string): void
  /** Number of commits so far: to be asked before the log is read. */
  count(orgId: string): number
  /** Resolves once there were more commits than `seen`, after `ms` at the latest, or when the signal aborts. */
  next(orgId: string, seen: number, ms: number, signal: AbortSignal | undefined): Promise<void>
}

export function createWriteSignal(): WriteSignal {
  // Only of orgs that somebody follows or has followed.
  const counts = new Map<string, number>()
  const waiting = new Map<string, Set<() => void>>()
  return {
    written: (orgId) => {
      const count = counts.get(orgId)
      if (count === undefined) return
      counts.set(orgId, count + 1)
      for (const wake of waiting.get(orgId) ?? []) wake()
    },
    count: (orgId) => {
      const count = counts.get(orgId) ?? 0
      counts.set(orgId, count)
      return count
    },
    next: async (orgId, seen, ms, signal) => {
      if (counts.get(orgId) !== seen) return
      const woken = new AbortController()
      const wake = (): void => woken.abort()
      const own = waiting.get(orgId) ?? new Set()
      waiting.set(orgId, own.add(wake))
      const ended = signal === undefined ? woken.signal : AbortSignal.any([signal, woken.signal])
      await sleep(ms, undefined, { signal: ended }).catch(() => {}) // Woken, or aborted: the caller looks.
      own.delete(wake)
      if (own.size === 0 && waiting.get(orgId) === own) waiting.delete(orgId)
    },
  }
}
