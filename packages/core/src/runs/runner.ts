import { outsideTransaction } from '../db/nesting.ts'
import type { RunLane } from '../db/tables/runs.db.ts'
import { executeRun, type RunSite } from './execute-run.ts'

/** What works on runs in this process. */
export interface Runner {
  /**
   * Works on a run as soon as there is room. Does nothing if another process holds it, or it has nothing to do.
   *
   * @param lane the lower the sooner. @default 2
   */
  wake(orgId: string, runId: string, lane?: RunLane): void
  /** Calls the listener after each change of the run that this process makes, with `true` once it has left it, until the function given is called. */
  onChange(orgId: string, runId: string, listener: (isLeft: boolean) => void): () => void
  /** Listeners that are called. */
  watchers(): number
  /**
   * Lets the steps under way end, and their runs go for others to take up. Nothing is begun any more.
   *
   * @param graceMs after which not even the steps go on. @default 10000
   */
  stop(graceMs?: number): Promise<void>
}

/** Runs that this process works on at once: each takes a connection of the pool for as long as a step takes. */
const runsAtOnce = 3

/** Further places for those that somebody waits for at a screen: they never stand behind long steps of others. */
const placesForScreens = 2

/** How long a run keeps its place while others wait for one, in milliseconds. */
const turnMs = 2_000

/** How long a run leaves its org's place to others, after its turn: longer than those take to look who find none. */
const sharedRestMs = 400

interface Waiting {
  readonly orgId: string
  readonly id: string
  readonly lane: RunLane
}

export function createRunner(site: RunSite): Runner {
  const isShared = site.claims.runsPerOrg !== undefined
  const stopping = new AbortController()
  const ending = new AbortController()
  const waiting = new Map<string, Waiting>()
  const active = new Map<string, { readonly run: Waiting; readonly done: Promise<void> }>()
  const listeners = new Map<string, Set<(isLeft: boolean) => void>>()
  const timers = new Map<string, NodeJS.Timeout>()

  /** Of the lowest lane, of the org that has the fewest places, the one that waits longest. */
  function next(): [string, Waiting] | undefined {
    const places = new Map<string, number>()
    for (const { run } of active.values()) places.set(run.orgId, (places.get(run.orgId) ?? 0) + 1)
    const taken = active.size - Math.min(placesForScreens, countOf(0))
    // Woken while it is worked on: perhaps it was paused and resumed, so it is looked at again afterwards.
    const ready = [...waiting].filter(
      ([key, { lane }]) =>
        !active.has(key) && (lane === 0 ? active.size < runsAtOnce + placesForScreens : taken < runsAtOnce),
    )
    return ready.sort(([, a], [, b]) => a.lane - b.lane || (places.get(a.orgId) ?? 0) - (places.get(b.orgId) ?? 0))[0]
  }

  function countOf(lane: RunLane): number {
    return [...active.values()].filter(({ run }) => run.lane === lane).length
  }

  function begin(): void {
    while (!stopping.signal.aborted) {
      const found = next()
      if (found === undefined) return
      const [key, run] = found
      waiting.delete(key)
      active.set(key, { run, done: work(key, run) })
    }
  }

  async function work(key: string, run: Waiting): Promise<void> {
    const since = performance.now()
    const turn = {
      stopping: stopping.signal,
      ending: ending.signal,
      // Who waits for an org's place may be in another process: each has its turn there.
      isOver: () => performance.now() - since > turnMs && (isShared || othersWait(key, run)),
      restMs: isShared ? sharedRestMs : 0,
      onChange: (isLeft: boolean) => {
        for (const listener of listeners.get(key) ?? []) listener(isLeft)
      },
    }
    try {
      const afterwards = await outsideTransaction(() => executeRun(site, run, turn))
      if (afterwards?.afterMs === 0) waiting.set(key, run)
      else if (afterwards !== undefined) wakeLater(key, run, afterwards.afterMs)
    } catch {
      // The database is away. The run is in it, and is taken up again by whoever looks for runs.
    } finally {
      active.delete(key)
      begin()
    }
  }

  function othersWait(key: string, { lane }: Waiting): boolean {
    return [...waiting].some(([other, run]) => other !== key && !active.has(other) && run.lane <= lane)
  }

  /** A run that waits goes on in this process if nobody else takes it; whoever looks for runs finds it in any case. */
  function wakeLater(key: string, run: Waiting, afterMs: number): void {
    if (stopping.signal.aborted) return
    clearTimeout(timers.get(key))
    const timer = setTimeout(
      () => {
        timers.delete(key)
        wake(run)
      },
      Math.min(afterMs, longestTimerMs),
    )
    timers.set(key, timer.unref())
  }

  function wake(run: Waiting): void {
    const key = keyOf(run.orgId, run.id)
    const lane = Math.min(run.lane, waiting.get(key)?.lane ?? 2) as RunLane
    waiting.set(key, { ...run, lane })
    begin()
  }

  return {
    wake: (orgId, id, lane = 2) => wake({ orgId, id, lane }),
    onChange: (orgId, id, listener) => {
      const key = keyOf(orgId, id)
      const own = listeners.get(key) ?? new Set()
      listeners.set(key, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0 && listeners.get(key) === own) listeners.delete(key)
      }
    },
    watchers: () => [...listeners.values()].reduce((all, { size }) => all + size, 0),
    stop: async (graceMs = 10_000) => {
      stopping.abort()
      for (const timer of timers.values()) clearTimeout(timer)
      const forced = setTimeout(() => ending.abort(), graceMs)
      await Promise.all([...active.values()].map(({ done }) => done))
      clearTimeout(forced)
    },
  }
}

/** Longer waits than timers can count end early, and the run is not due yet. */
const longestTimerMs = 2 ** 31 - 1

function keyOf(orgId: string, id: string): string {
  return `${orgId} ${id}`
}
