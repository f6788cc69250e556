import type { AggregateId } from '@opslayer/core/values'
import type { AggregateResult } from '../../grid-state/aggregate-result.ts'
import type { SourceChange } from '../../grid-state/row-source.ts'
import type { GridCore } from './grid-core.ts'

/** Changes that come close together are summed up once. */
const restMs = 250
/** What takes long is summed up less often: once in so many times as long, so that it keeps the server busy for a fifth of it. */
const spread = 5
/** A first attempt after a failed one; each further one waits twice as long. */
const retryMs = 1_000
const longestRetryMs = 30_000

/** Keeps the results of the footer's functions up to date. */
export function summarising(core: GridCore) {
  const { store } = core
  let functions: Readonly<Record<string, AggregateId>> = {}
  let running: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let isChosen = false
  let tookMs = 0

  /** Rows that stand in no groups are counted by their source, whoever sums up. */
  function isOnlyCount(): boolean {
    return Object.keys(functions).length === 0 && core.source().groups === undefined
  }

  async function run(): Promise<void> {
    const { summarise } = core.source()
    running?.abort()
    if (isOnlyCount()) {
      store.set({ summary: null })
      return
    }
    running = new AbortController()
    const { signal } = running
    const asked = store.get().columns.flatMap(({ id, key }) => {
      const aggregate = functions[id]
      return aggregate === undefined ? [] : [{ id, columnKey: key, aggregate }]
    })
    if (summarise === undefined) return
    const begun = performance.now()
    try {
      const { count, values } = await summarise(
        asked.map(({ columnKey, aggregate }) => ({ columnKey, aggregate })),
        signal,
      )
      if (signal.aborted) return
      const results: Record<string, AggregateResult> = {}
      for (const [place, { id, aggregate }] of asked.entries()) {
        const value = values[place]
        if (value !== undefined) results[id] = { aggregate, value }
      }
      failures = 0
      tookMs = performance.now() - begun
      store.set({ summary: { count, results } })
    } catch {
      // What was read before stays; the source tells of its faults.
      if (signal.aborted) return
      schedule(Math.min(longestRetryMs, retryMs * 2 ** failures))
      failures += 1
    }
  }

  function schedule(afterMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      void run()
    }, afterMs)
  }

  return {
    /** Sums up by other functions, by column id. */
    choose(next: Readonly<Record<string, AggregateId>>): void {
      functions = next
      isChosen = true
      schedule(0)
    },
    /** Rows changed, or came. */
    follow(change: SourceChange): void {
      if (change.kind === 'rows' && change.isNew === true) return
      // What was to be summed up already stays at its time, however many changes follow.
      if (isChosen && !isOnlyCount() && timer === undefined) schedule(Math.max(restMs, spread * tookMs))
    },
    stop(): void {
      running?.abort()
      clearTimeout(timer)
    },
  }
}
