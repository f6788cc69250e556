import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { RateLimit } from '../../plugin/rate-limit.ts'
import type { JournalEntry } from '../../testing/simulator/simulator-journal.ts'
import type { Vendor } from './vendor.ts'

export interface LimitTrial {
  /** Connection string of a migrated database with the org `acme`. */
  readonly database: string
  readonly vendor: Vendor
  readonly processes: number
  readonly limit: RateLimit
  readonly ms: number
  /** What happens in the middle of the time. */
  readonly midway?: () => void
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
    midway?.()
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
  let first = 0
  return Math.max(
    0,
    ...entries.map(({ at }, last) => {
      while (at - (entries[first]?.at ?? at) >= 1_000) first += 1
      return last - first + 1
    }),
  )
}

/** Requests a second, from the first to the last. */
export function ratePerSecond(entries: readonly JournalEntry[]): number {
  const ms = (entries.at(-1)?.at ?? 0) - (entries[0]?.at ?? 0)
  return ((entries.length - 1) * 1_000) / ms
}
