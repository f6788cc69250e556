import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import type { OpenDatabase } from '../../db/open-database.ts'
import { checkInput } from '../../errors/check-input.ts'
import type { AdvisorReport } from '../advisor/run-advisor.ts'

export interface MaintenanceOptions {
  /** Pause between two rounds, 10 ms to a day. @default 60000 */
  readonly everyMs?: number | undefined
  /** Days that the change log is kept, the horizon of undo and of history: 1 to 3,650; null for ever. @default 90 */
  readonly changesKeptDays?: number | null | undefined
  /** Days that deleted tables and columns can be restored, 1 to 3,650; null for ever. @default 30 */
  readonly deletedKeptDays?: number | null | undefined
  /** Days that runs which have ended, and the rows that imports rejected, are kept, 1 to 3,650; null for ever. @default 30 */
  readonly runsKeptDays?: number | null | undefined
  /** Stops it, like `stop`. */
  readonly signal?: AbortSignal | undefined
  /** Called after each thing that was looked after. */
  readonly onVisit?: ((visit: MaintenanceVisit) => void) | undefined
  /** Called with what went wrong; the loop goes on. @default nothing */
  readonly onError?: ((error: unknown) => void) | undefined
}

/** What the loop has looked after in an org. */
export type MaintenanceVisit =
  /** Indexes, by what people read. */
  | { readonly task: 'indexes'; readonly orgId: string; readonly reports: readonly AdvisorReport[] }
  /** Results of `TODAY` and `NOW` in a table; `rows` is the number of those that changed. */
  | { readonly task: 'formulas'; readonly orgId: string; readonly tableId: string; readonly rows: number }
  /** What is too old: entries of the change log, deleted tables and physical columns; where cells were from that nobody can bring back. */
  | {
      readonly task: 'retention'
      readonly orgId: string
      readonly entries: number
      readonly tables: number
      readonly columns: number
      readonly origins: number
    }
  /** Runs that ended long ago; `runs` is their number. */
  | { readonly task: 'runs'; readonly orgId: string; readonly runs: number }

/** A loop that looks after all orgs. It does not keep the process alive. */
export interface Maintenance extends AsyncDisposable {
  /** Ends the statement under way and resolves once nothing runs any more. */
  stop(): Promise<void>
}

/** What a task has at hand in one round. */
export interface MaintenanceRound {
  readonly database: OpenDatabase
  readonly kept: Kept
  readonly signal: AbortSignal
  /** Runs a piece of work whose failure ends nothing else. */
  readonly guarded: (work: () => Promise<void>) => Promise<void>
  readonly onVisit: (visit: MaintenanceVisit) => void
}

/** One thing that is looked after in each round, in each database. */
export type MaintenanceTask = (round: MaintenanceRound) => Promise<void>

/** For how many days things are kept; null for ever. */
export interface Kept {
  readonly changesKeptDays: number | null
  readonly deletedKeptDays: number | null
  readonly runsKeptDays: number | null
}

/** What the loop is given by the composition root. */
export interface MaintenanceParts {
  readonly databases: () => Promise<readonly OpenDatabase[]>
  /** Done once in each round, before the tasks. */
  readonly prepare: (round: Pick<MaintenanceRound, 'signal' | 'guarded'>) => Promise<void>
  readonly tasks: readonly MaintenanceTask[]
}

const days = z.int().min(1).max(3_650).nullable()

const optionsSchema = z.object({
  everyMs: z.int().min(10).max(86_400_000).default(60_000),
  changesKeptDays: days.default(90),
  deletedKeptDays: days.default(30),
  runsKeptDays: days.default(30),
})

/** Round by round looks after what nobody else does. Several processes may run it. */
export function startMaintenance(parts: MaintenanceParts, options: MaintenanceOptions): Maintenance {
  const { everyMs, changesKeptDays, deletedKeptDays, runsKeptDays } = options
  const checked = checkInput(optionsSchema, { everyMs, changesKeptDays, deletedKeptDays, runsKeptDays })
  const stopping = new AbortController()
  const signal = options.signal === undefined ? stopping.signal : AbortSignal.any([options.signal, stopping.signal])
  const running = loop(parts, options, checked, signal)
  const stop = async (): Promise<void> => {
    stopping.abort()
    await running
  }
  return { stop, [Symbol.asyncDispose]: stop }
}

async function loop(
  { databases, prepare, tasks }: MaintenanceParts,
  { onVisit = () => {}, onError }: MaintenanceOptions,
  { everyMs, ...kept }: Kept & { readonly everyMs: number },
  signal: AbortSignal,
): Promise<void> {
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      if (!signal.aborted) await work()
    } catch (error) {
      if (!signal.aborted) onError?.(error)
    }
  }
  while (!signal.aborted) {
    await wait(everyMs, undefined, { signal, ref: false }).catch(() => {}) // Woken by the signal: the loop ends.
    await guarded(() => prepare({ signal, guarded }))
    await guarded(async () => {
      for (const database of await databases()) {
        for (const task of tasks) await guarded(() => task({ database, kept, signal, guarded, onVisit }))
      }
    })
  }
}
