import { setTimeout as wait } from 'node:timers/promises'
import { isPostgresError } from '../db/database-errors.ts'
import { outsideTransaction } from '../db/nesting.ts'
import type { OpenDatabase } from '../db/open-database.ts'
import { isOpsError } from '../errors/ops-error.ts'
import { type LoggedCall, pruneCalls, writeCalls } from './calls.repository.ts'

/** Collects what goes into the API log and writes it in batches, behind the calls. */
export interface CallLog {
  note(orgId: string, call: Omit<LoggedCall, 'at'>): void
  /** Writes now what waits of an org, so that a process that ends takes none of it along; where the database is away, it waits on. */
  written(orgId: string): Promise<void>
  /** Writes what is left. */
  close(): Promise<void>
}

export interface CallLogOptions {
  readonly databaseOf: (orgId: string) => Promise<OpenDatabase>
  readonly now: () => Date
}

/** Calls written at once, and the longest that one waits for others, in milliseconds. */
const batch = 500
const flushMs = 1_000

/** How often a process looks for calls of an org that are kept no longer. */
const pruneMs = 3_600_000

/** Calls kept of an org while its database is away; the oldest go first. */
const keptOfOrg = 5_000

export function createCallLog({ databaseOf, now }: CallLogOptions): CallLog {
  const waiting = new Map<string, LoggedCall[]>()
  const writing = new Map<string, Promise<void>>()
  const last = new Map<string, Promise<boolean>>()
  const closing = new AbortController()
  const prunedAt = new Map<string, number>()

  async function pruneNowAndThen(database: OpenDatabase, orgId: string): Promise<void> {
    const at = now()
    if (at.getTime() - (prunedAt.get(orgId) ?? 0) < pruneMs) return
    prunedAt.set(orgId, at.getTime())
    await pruneCalls(database, orgId, at)
  }

  /** Some of what waits, behind what is being written. @returns whether that is done */
  function writeSome(orgId: string): Promise<boolean> {
    const before = last.get(orgId) ?? Promise.resolve(true)
    const now = before.then(async () => {
      const taken = waiting.get(orgId)?.splice(0, batch) ?? []
      if (taken.length === 0) return true
      try {
        const database = await databaseOf(orgId)
        await writeCalls(database, orgId, taken)
        await pruneNowAndThen(database, orgId)
        return true
      } catch (error) {
        const calls = waiting.get(orgId)
        // The database is away: a log is not worth more than that. Of an org that is gone nothing is to be kept.
        if (closing.signal.aborted) calls?.splice(0)
        else if (!isOfNoOrg(error) && (calls?.length ?? 0) + taken.length <= keptOfOrg) calls?.unshift(...taken)
        return false
      }
    })
    last.set(orgId, now)
    return now
  }

  async function write(orgId: string): Promise<void> {
    const pause = (): Promise<void> => wait(flushMs, undefined, { signal: closing.signal, ref: false }).catch(() => {}) // Closing.
    for (;;) {
      const calls = waiting.get(orgId) ?? []
      if (calls.length < batch) await pause()
      if (!(await writeSome(orgId))) await pause()
      if (calls.length > 0) continue
      // At once, so that no call is noted in between.
      writing.delete(orgId)
      waiting.delete(orgId)
      last.delete(orgId)
      return
    }
  }

  return {
    note: (orgId, call) => {
      const calls = waiting.get(orgId) ?? []
      waiting.set(orgId, calls)
      calls.push({ ...call, at: now() })
      if (calls.length > keptOfOrg) calls.shift()
      if (writing.has(orgId)) return
      writing.set(
        orgId,
        outsideTransaction(() => write(orgId)),
      )
    },
    written: (orgId) =>
      outsideTransaction(async () => {
        while ((waiting.get(orgId)?.length ?? 0) > 0) if (!(await writeSome(orgId))) return
        await last.get(orgId)
      }),
    close: async () => {
      closing.abort()
      await Promise.all(writing.values())
    },
  }
}

/** Whether the org that the calls refer to is not there. */
function isOfNoOrg(error: unknown): boolean {
  return isOpsError(error) && isPostgresError(error.cause, '23503')
}
