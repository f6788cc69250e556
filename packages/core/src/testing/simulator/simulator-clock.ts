/** The time as the vendor has it. */
export interface SimulatorClock {
  /** Milliseconds since 1970, with fractions. */
  now(): number
  date(): Date
  /** Lets time pass at once, and with it whatever was to happen meanwhile, in its order. */
  advance(ms: number): Promise<void>
  /** Does something after a while of the vendor's time. It keeps no process alive. */
  after(ms: number, work: () => unknown): void
}

export interface ClockOptions {
  /** @default now */
  readonly startsAt?: Date | undefined
  /** Whether only `advance` lets time pass. @default false */
  readonly frozen?: boolean | undefined
}

interface Appointment {
  readonly at: number
  readonly work: () => unknown
}

export function createClock({ startsAt, frozen = false }: ClockOptions): SimulatorClock & { stop(): void } {
  const began = performance.now()
  const start = startsAt?.getTime() ?? performance.timeOrigin + began
  let advanced = 0
  let appointments: Appointment[] = []
  let timer: NodeJS.Timeout | undefined

  const now = (): number => start + advanced + (frozen ? 0 : performance.now() - began)

  async function keepDue(): Promise<void> {
    for (let due = earliest(); due !== undefined && due.at <= now(); due = earliest()) {
      const kept = due
      appointments = appointments.filter((each) => each !== kept)
      await kept.work()
    }
    const next = earliest()
    clearTimeout(timer)
    if (next !== undefined && !frozen) timer = setTimeout(keepDue, Math.min(2 ** 31 - 1, next.at - now())).unref()
  }

  const earliest = (): Appointment | undefined =>
    appointments.reduce<Appointment | undefined>(
      (first, each) => (first === undefined || each.at < first.at ? each : first),
      undefined,
    )

  return {
    now,
    date: () => new Date(now()),
    advance: async (ms) => {
      const until = now() + ms
      // Each appointment is kept at its own time.
      for (let due = earliest(); due !== undefined && due.at <= until; due = earliest()) {
        advanced += Math.max(0, due.at - now())
        await keepDue()
      }
      advanced += Math.max(0, until - now())
      await keepDue()
    },
    after: (ms, work) => {
      appointments.push({ at: now() + ms, work })
      void keepDue()
    },
    stop: () => {
      clearTimeout(timer)
      appointments = []
    },
  }
}
