import { outsideTransaction } from '../db/nesting.ts'
import { executeRun, type RunSite } from './execute-run.ts'

/** What works on runs in this process. */
export interface Runner {
  /** Works on a run as soon as there is room. Does nothing if another process holds it, or it has nothing to do. */
  wake(orgId: string, runId: string): void
  /** Calls the listener after each change of the run that this process makes, until the function given is called. */
  onChange(orgId: string, runId: string, listener: () => void): () => void
  /** Lets the steps under way end, and their runs go for others to take up. Nothing is begun any more. */
  stop(): Promise<void>
}

/** Runs that this process works on at once: each takes a connection of the pool for as long as a step takes. */
const runsAtOnce = 3

const longestTimerMs = 2 ** 31 - 1

export function createRunner(site: RunSite): Runner {
  const stopping = new AbortController()
  const waiting = new Map<string, { readonly orgId: string; readonly id: string }>()
  const active = new Map<string, Promise<void>>()
  const timers = new Map<string, NodeJS.Timeout>()
  const listeners = new Map<string, Set<() => void>>()

  function begin(): void {
    for (const [key, target] of waiting) {
      if (active.size >= runsAtOnce || stopping.signal.aborted) return
      // Woken while it is worked on: perhaps it was paused and resumed, so it is looked at again afterwards.
      if (active.has(key)) continue
      waiting.delete(key)
      const changed = (): void => {
        for (const listener of listeners.get(key) ?? []) listener()
      }
      const running = outsideTransaction(() => executeRun(site, target, stopping.signal, changed))
        .then((againInMs) => {
          if (againInMs !== undefined) wakeLater(key, target, againInMs)
        })
        // The database is away. The run is in it, and is taken up again by whoever looks for runs.
        .catch(() => {})
        .finally(() => {
          active.delete(key)
          begin()
        })
      active.set(key, running)
    }
  }

  /** A run that waits goes on in this process if nobody else takes it; whoever looks for runs finds it in any case. */
  function wakeLater(key: string, target: { readonly orgId: string; readonly id: string }, ms: number): void {
    if (stopping.signal.aborted) return
    clearTimeout(timers.get(key))
    const wake = (): void => {
      timers.delete(key)
      waiting.set(key, target)
      begin()
    }
    timers.set(key, setTimeout(wake, Math.min(ms + 50, longestTimerMs)).unref())
  }

  return {
    wake: (orgId, id) => {
      waiting.set(keyOf(orgId, id), { orgId, id })
      begin()
    },
    onChange: (orgId, id, listener) => {
      const key = keyOf(orgId, id)
      const own = listeners.get(key) ?? new Set()
      listeners.set(key, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0 && listeners.get(key) === own) listeners.delete(key)
      }
    },
    stop: async () => {
      stopping.abort()
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(active.values())
    },
  }
}

function keyOf(orgId: string, id: string): string {
  return `${orgId} ${id}`
}
