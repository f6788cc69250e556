/** How a process reaches the world outside: a call of the vendor, a round trip to the database, one that makes what was written last. */
export type Reach = 'call' | 'round trip' | 'commit'

/** Where a process ends: at the nth time, before it goes out or once it is done and nobody has heard of it. */
export interface ProcessEnd {
  readonly at: Reach
  readonly n: number
  readonly when: 'before' | 'after'
}

/** What a process does to the world outside, which is all that is left of it when it ends. */
export interface Lifeline {
  /** Lets one thing happen, or ends the process at it. @throws Error in a process that has ended */
  pass<T>(reach: Reach, what: string, act: () => Promise<T>): Promise<T>
  /** Ends the process now, unless it has ended. */
  end(): void
  /** Counts anew, and ends the process there. */
  endAt(end: ProcessEnd | null): void
  readonly hasEnded: boolean
  /** Where it ended, in words; `no place` while it goes on. */
  readonly where: string
  readonly counts: Readonly<Record<Reach, number>>
}

/** @param onEnd cuts what the process has under way */
export function createLifeline(onEnd: () => void): Lifeline {
  const counts: Record<Reach, number> = { call: 0, 'round trip': 0, commit: 0 }
  let planned: ProcessEnd | null = null
  let hasEnded = false
  let where = 'no place'

  function endAtPlace(place: string): void {
    if (hasEnded) return
    hasEnded = true
    where = place
    onEnd()
  }

  function end({ at, n, when }: ProcessEnd, what: string): never {
    const moment = when === 'before' ? 'before it went out' : 'once it was done and before anybody heard of it'
    endAtPlace(`${at} ${n} (${what}), ${moment}`)
    throw gone()
  }

  return {
    end: () => endAtPlace('no place of its own'),
    pass: async (reach, what, act) => {
      if (hasEnded) throw gone()
      counts[reach] += 1
      const here = planned?.at === reach && planned.n === counts[reach] ? planned : null
      if (here?.when === 'before') end(here, what)
      const outcome = await act()
      if (here !== null) end(here, what)
      if (hasEnded) throw gone()
      return outcome
    },
    endAt: (end) => {
      planned = end
      counts.call = 0
      counts['round trip'] = 0
      counts.commit = 0
    },
    get hasEnded() {
      return hasEnded
    },
    get where() {
      return where
    },
    counts,
  }
}

/** As connections say that they are gone. */
function gone(): Error {
  return new Error('Connection terminated unexpectedly')
}
