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

/** People do not scroll without a pause, nor type: each client waits about this long between two pieces of work. */
const pauses = { reads: 200, writes: 1_000 } as const

/**
 * Lets clients work for a while, all at once. Their pauses differ, by half either way: alike they would fall into step
 * after the first hold-up, and come in crowds from then on.
 *
 * @param random from 0 to 1
 */
export async function underLoad(
  clients: readonly LoadClient[],
  forMs: number,
  random: () => number,
): Promise<LoadOutcome> {
  const outcome = { reads: [] as number[], writes: [] as number[], errors: 0 }
  const until = performance.now() + forMs
  await Promise.all(
    clients.map(async ({ kind, work }) => {
      await sleep(random() * pauses[kind])
      while (performance.now() < until) {
        const begun = performance.now()
        try {
          await work()
          outcome[kind].push(performance.now() - begun)
        } catch {
          outcome.errors += 1
        }
        await sleep((0.5 + random()) * pauses[kind])
      }
    }),
  )
  return outcome
}
