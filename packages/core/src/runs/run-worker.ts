import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import { everyItem } from '../catalog/every-item.ts'
import { runsToWorkOn } from '../catalog/system.repository.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import { checkInput } from '../errors/check-input.ts'
import type { Runner } from './runner.ts'

export interface WorkerOptions {
  /** Pause between two looks for runs that nobody works on, 10 ms to an hour. @default 2000 */
  readonly everyMs?: number | undefined
  /**
   * Ends this process by SIGKILL when its event loop has stood still for so long, in milliseconds, 1,000 to 600,000, and says on
   * stderr which plugins were being called: for processes of their own that something starts again, since nothing else ends
   * a plugin that loops. @default never
   */
  readonly standstillMs?: number | undefined
  /** Stops it, like `stop`. */
  readonly signal?: AbortSignal | undefined
  /** Called with what went wrong; it goes on. @default nothing */
  readonly onError?: ((error: unknown) => void) | undefined
}

/** Looks for runs. It does not keep the process alive; the runs that it found do. */
export interface Worker extends AsyncDisposable {
  /** Looks for no more runs; those that were found go on. */
  stop(): Promise<void>
}

/** What the worker is given by the composition root. */
export interface WorkerParts {
  readonly databases: () => Promise<readonly OpenDatabase[]>
  readonly runner: Runner
  /** Kinds of run that this process knows. */
  readonly kinds: { has(kind: string): boolean }
  /** Ends this process when it stands still; gives what stops the watch. */
  readonly endAtStandstill: (afterMs: number) => () => void
  /** Looks for what else nobody works on. @default nothing */
  readonly others?: readonly ((database: OpenDatabase, signal: AbortSignal) => Promise<void>)[]
}

const optionsSchema = z.object({
  everyMs: z.int().min(10).max(3_600_000).default(2_000),
  standstillMs: z.int().min(1_000).max(600_000).optional(),
})

/**
 * Takes up what nobody works on, of all orgs: runs that were queued elsewhere, and those whose process was killed. Any
 * number of processes may do so.
 */
export function startWorker(parts: WorkerParts, options: WorkerOptions): Worker {
  const { everyMs, standstillMs } = checkInput(optionsSchema, {
    everyMs: options.everyMs,
    standstillMs: options.standstillMs,
  })
  const stopWatching = standstillMs === undefined ? () => {} : parts.endAtStandstill(standstillMs)
  const stopping = new AbortController()
  const signal = options.signal === undefined ? stopping.signal : AbortSignal.any([options.signal, stopping.signal])
  const looking = lookRegularly(parts, everyMs, signal, options.onError).finally(stopWatching)
  const stop = async (): Promise<void> => {
    stopping.abort()
    await looking
  }
  return { stop, [Symbol.asyncDispose]: stop }
}

async function lookRegularly(
  parts: WorkerParts,
  everyMs: number,
  signal: AbortSignal,
  onError: WorkerOptions['onError'],
): Promise<void> {
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (!signal.aborted) onError?.(error)
    }
  }
  while (!signal.aborted) {
    await guarded(async () => {
      for (const database of await parts.databases()) {
        await guarded(() => wakeAll(parts, database, signal))
        for (const look of parts.others ?? []) await guarded(() => look(database, signal))
      }
    })
    await wait(everyMs, undefined, { signal, ref: false }).catch(() => {}) // Woken by the signal: the loop ends.
  }
}

async function wakeAll({ runner, kinds }: WorkerParts, database: OpenDatabase, signal: AbortSignal): Promise<void> {
  const isAlone = database.kind === 'embedded'
  const runs = everyItem({ orgId: '', id: '' }, (page) => runsToWorkOn(database, page, isAlone, { signal }))
  for await (const { orgId, id, kind, lane } of runs) if (kinds.has(kind)) runner.wake(orgId, id, lane)
}
