import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import { orgsWithSamples } from '../../catalog/system.repository.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { checkInput } from '../../errors/check-input.ts'
import type { OrgSession } from '../org-session.ts'
import { flushSamples } from './flush-samples.ts'
import type { QuerySamples } from './query-samples.ts'
import { type AdvisorReport, runAdvisor } from './run-advisor.ts'

export interface MaintenanceOptions {
  /** Pause between two rounds, 10 ms to a day. @default 60000 */
  readonly everyMs?: number | undefined
  /** Stops it, like `stop`. */
  readonly signal?: AbortSignal | undefined
  /** Called after each org that was looked after. */
  readonly onVisit?: ((visit: MaintenanceVisit) => void) | undefined
  /** Called with what went wrong; the loop goes on. @default nothing */
  readonly onError?: ((error: unknown) => void) | undefined
}

export interface MaintenanceVisit {
  readonly orgId: string
  readonly reports: readonly AdvisorReport[]
}

/** A loop that looks after indexes. It does not keep the process alive. */
export interface Maintenance extends AsyncDisposable {
  /** Ends the statement under way and resolves once nothing runs any more. */
  stop(): Promise<void>
}

/** What the loop is given by the composition root. */
export interface MaintenanceParts {
  readonly databases: () => Promise<readonly OpenDatabase[]>
  readonly samples: QuerySamples
  /** A session of the system's own actor. */
  readonly sessionOf: (orgId: string) => OrgSession
}

const optionsSchema = z.object({ everyMs: z.int().min(10).max(86_400_000).default(60_000) })

const orgsAtOnce = 100

/**
 * Round by round writes what this process noted of its reads to the catalog, and runs the advisor for the orgs that were
 * read since the round before, by whatever process: one org at a time. Several processes may run it.
 */
export function startMaintenance(parts: MaintenanceParts, options: MaintenanceOptions): Maintenance {
  const { everyMs } = checkInput(optionsSchema, { everyMs: options.everyMs })
  const stopping = new AbortController()
  const signal = options.signal === undefined ? stopping.signal : AbortSignal.any([options.signal, stopping.signal])
  const running = loop(parts, options, everyMs, signal)
  const stop = async (): Promise<void> => {
    stopping.abort()
    await running
  }
  return { stop, [Symbol.asyncDispose]: stop }
}

async function loop(
  parts: MaintenanceParts,
  { onVisit, onError }: MaintenanceOptions,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> {
  const seen: Seen = new Map()
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      if (!signal.aborted) await work()
    } catch (error) {
      if (!signal.aborted) onError?.(error)
    }
  }
  while (!signal.aborted) {
    await wait(everyMs, undefined, { signal, ref: false }).catch(() => {}) // Woken by the signal: the loop ends.
    for (const orgId of parts.samples.orgs()) await guarded(() => flushSamples(parts.sessionOf(orgId), { signal }))
    await guarded(async () => {
      for (const database of await parts.databases()) {
        await guarded(() => round(database, parts, seen, signal, onVisit, guarded))
      }
    })
  }
}

/** What was last seen of an org's samples, per database. */
type Seen = Map<OpenDatabase, Map<string, string>>

async function round(
  database: OpenDatabase,
  { sessionOf }: MaintenanceParts,
  seen: Seen,
  signal: AbortSignal,
  onVisit: MaintenanceOptions['onVisit'],
  guarded: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const before = seen.get(database)
  const now = new Map<string, string>()
  let after = ''
  for (;;) {
    const orgs = await orgsWithSamples(database, { after, limit: orgsAtOnce }, { signal })
    for (const { orgId, mark } of orgs) {
      after = orgId
      now.set(orgId, mark)
      if (before?.get(orgId) === mark) continue
      await guarded(async () => {
        const reports = await runAdvisor(sessionOf(orgId), { signal })
        onVisit?.({ orgId, reports })
      })
    }
    if (orgs.length < orgsAtOnce) break
  }
  seen.set(database, now)
}
