import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds of each piece of work that came to its end, and how many failed. */
export interface LoadOutcome {
  readonly reads: number[]
  readonly writes: number[]
  readonly errors: number
}

/** One client's work: read or write once. */
export interface LoadClient {
  readonly kind: 'reads' | 'writes'
  work(): Promise<unknown>
}

/** People do not scroll without a pause, nor type: each client waits this long between two pieces of work. */
const pauses = { reads: 200, writes: 1_000 } as const

/** Lets clients work for a while, each one after the other, all at once. */
export async function underLoad(clients: readonly LoadClient[], forMs: number): Promise<LoadOutcome> {
  const outcome = { reads: [] as number[], writes: [] as number[], errors: 0 }
  const until = performance.now() + forMs
  await Promise.all(
    clients.map(async ({ kind, work }, place) => {
      await sleep((place / clients.length) * pauses[kind])
      while (performance.now() < until) {
        const begun = performance.now()
        try {
          await work()
          outcome[kind].push(performance.now() - begun)
        } catch {
          outcome.errors += 1
        }
        await sleep(pauses[kind])
      }
    }),
  )
  return outcome
}
