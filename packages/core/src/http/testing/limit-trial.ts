import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { RateLimit } from '../../plugin/rate-limit.ts'
import type { JournalEntry } from '../../testing/simulator/simulator-journal.ts'
import type { Vendor } from './vendor.ts'
import { witnessOf } from './witness.ts'

export interface LimitTrial {
  /** Connection string of a migrated database with the org `acme`. */
  readonly database: string
  readonly vendor: Vendor
  readonly processes: number
  readonly limit: RateLimit
  readonly ms: number
  /** What happens in the middle of the time. */
  readonly midway?: () => void | Promise<void>
}

type Child = ChildProcessByStdio<Writable, Readable, null>

/** Lets processes call a vendor for a while; gives what the vendor saw. */
export async function runLimitTrial(trial: LimitTrial): Promise<readonly JournalEntry[]> {
  const { database, vendor, processes, limit, ms, midway } = trial
  const script = fileURLToPath(new URL('call-vendor.ts', import.meta.url))
  const args = ['--conditions=@opslayer/source', script, database, vendor.url, JSON.stringify([limit])]
  const children: Child[] = []
  try {
    for (let n = 0; n < processes; n += 1) {
      children.push(spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] }))
    }
    await Promise.all(children.map(ready))
    for (const { stdin } of children) stdin.write('go\n')
    await wait(ms / 2)
    await midway?.()
    await wait(ms / 2)
    return [...vendor.journal.entries]
  } finally {
    for (const child of children) child.kill('SIGKILL')
  }
}

async function ready(child: Child): Promise<void> {
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('A process ended before it was ready.')))
  await Promise.race([once(child.stdout, 'data'), ended])
  ended.catch(() => {}) // Killed at the end of the trial.
}

/** The most requests in any window of a second, refused ones included. */
export function mostInASecond(entries: readonly JournalEntry[]): number {
  return mostWithin(
    1_000,
    entries.map(({ at }) => at),
  )
}

/**
 * The most calls that processes meant for any window of a second. One may go out later than the database meant it by what a call may
 * be late, and by what the answer was under way: a window that is that much shorter holds no more than the limit.
 */
export function mostMeantForASecond(entries: readonly JournalEntry[], lateMs: number): number {
  const witnesses = entries.map(witnessOf)
  const leaseMs = Math.max(...witnesses.map((witness) => witness.leaseMs))
  return mostWithin(
    1_000 - lateMs - leaseMs,
    witnesses.map(({ sentAt }) => sentAt).toSorted((a, b) => a - b),
  )
}

function mostWithin(windowMs: number, moments: readonly number[]): number {
  let first = 0
  return Math.max(
    0,
    ...moments.map((at, last) => {
      while (first < last && at - (moments[first] ?? at) >= windowMs) first += 1
      return last - first + 1
    }),
  )
}

/** The part of the processes' timers that were punctual enough for a call: nobody uses more of a limit on this machine, now. */
export function punctualPart(entries: readonly JournalEntry[]): number {
  const last = Map.groupBy(entries.map(witnessOf), (witness) => witness.process).values()
  const parts = [...last].map((witnesses) => witnesses.at(-1)?.onTime ?? 0)
  return parts.reduce((sum, part) => sum + part, 0) / parts.length
}

/** Requests a second, from the first to the last. */
export function ratePerSecond(entries: readonly JournalEntry[]): number {
  const ms = (entries.at(-1)?.at ?? 0) - (entries[0]?.at ?? 0)
  return ((entries.length - 1) * 1_000) / ms
}
