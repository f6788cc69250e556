import type { SimulatedAnswer, SimulatedRequest } from './simulated-request.ts'

/** How a limit stands for a request. */
export interface LimitStanding {
  readonly max: number
  /** Left after this request; 0 for one that is refused. */
  readonly remaining: number
  /** Until a refused request would be taken; 0 for one that is taken. */
  readonly retryAfterMs: number
}

/** A limit of the vendor's. */
export type SimulatorLimit = (
  | {
      /** Requests in any window of `perMs`: a window that slides, the strictest way to count. */
      readonly max: number
      readonly perMs: number
      /** Whether windows begin at multiples of `perMs` since 1970 instead, as those of a day do. @default false */
      readonly fixed?: boolean
    }
  | {
      /** Requests under way at one time. */
      readonly maxInFlight: number
    }
) & {
  /** @default every request */
  readonly counts?: (request: SimulatedRequest) => boolean
  /** What a request gets that is too much. @default 429 with `Retry-After` in seconds */
  readonly refuse?: (standing: LimitStanding) => SimulatedAnswer
  /** What every answer tells of the limit. @default nothing */
  readonly headers?: (standing: LimitStanding) => Readonly<Record<string, string>>
}

/** The limits in force. */
export interface SimulatorLimits<Name extends string = string> {
  /** Changes a limit while the vendor runs. */
  set(name: Name, max: number): void
}

export interface Admission {
  readonly refusedBy: string | null
  readonly answer: SimulatedAnswer | null
  readonly headers: Readonly<Record<string, string>>
  /** To be called when the request is over. */
  readonly done: () => void
}

export function createLimits(
  limits: Readonly<Record<string, SimulatorLimit>>,
  now: () => number,
): SimulatorLimits & { admit(request: SimulatedRequest): Admission } {
  const states = Object.entries(limits).map(([name, limit]) => ({
    name,
    limit,
    max: 'maxInFlight' in limit ? limit.maxInFlight : limit.max,
    taken: [] as number[],
    inFlight: 0,
  }))

  function standingOf({ limit, max, taken, inFlight }: (typeof states)[number]): LimitStanding {
    if ('maxInFlight' in limit)
      return { max, remaining: Math.max(0, max - inFlight), retryAfterMs: inFlight < max ? 0 : 100 }
    const { perMs, fixed = false } = limit
    const from = fixed ? Math.floor(now() / perMs) * perMs : now() - perMs
    while ((taken[0] ?? Number.POSITIVE_INFINITY) <= from) taken.shift()
    if (taken.length < max) return { max, remaining: max - taken.length, retryAfterMs: 0 }
    const freeAt = fixed ? from + perMs : (taken[taken.length - max] ?? now()) + perMs
    return { max, remaining: 0, retryAfterMs: Math.max(1, freeAt - now()) }
  }

  return {
    set: (name, max) => {
      const state = states.find((each) => each.name === name)
      if (state === undefined) throw new Error(`The simulator has no limit "${name}".`)
      state.max = max
    },
    admit: (request) => {
      const counting = states.filter(({ limit }) => limit.counts?.(request) ?? true)
      const standings = counting.map((state) => ({ state, standing: standingOf(state) }))
      const refusing = standings.find(({ standing }) => standing.remaining === 0)
      const headers: Record<string, string> = {}
      for (const { state, standing } of standings) {
        const after = refusing === undefined ? { ...standing, remaining: standing.remaining - 1 } : standing
        Object.assign(headers, state.limit.headers?.(after))
      }
      if (refusing !== undefined) {
        const { state, standing } = refusing
        const answer = (state.limit.refuse ?? refuseWithSeconds)(standing)
        return { refusedBy: state.name, answer, headers, done: () => {} }
      }
      for (const { state } of standings) {
        state.taken.push(now())
        state.inFlight += 1
      }
      return {
        refusedBy: null,
        answer: null,
        headers,
        done: () => {
          for (const { state } of standings) state.inFlight -= 1
        },
      }
    },
  }
}

function refuseWithSeconds({ retryAfterMs }: LimitStanding): SimulatedAnswer {
  const headers = { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) }
  return { status: 429, headers, json: { error: 'Too many requests' } }
}
