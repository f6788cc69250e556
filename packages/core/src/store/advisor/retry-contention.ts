import { setTimeout as wait } from 'node:timers/promises'
import type { CallOptions } from '../../db/transaction.ts'
import { isOpsError } from '../../errors/ops-error.ts'

const attempts = 8
const pauseMs = 250

/** Whoever waits for the lock of a definition holds up everybody behind it: so not for long. */
export function shortLock(options: CallOptions): CallOptions & { readonly lockTimeoutMs: number } {
  return { ...options, lockTimeoutMs: 2_000 }
}

/** Tries again while others hold what the work needs, with pauses in which they get on. */
export async function retryContention<T>({ signal }: CallOptions, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt === attempts || !isOpsError(error, 'CONTENTION')) throw error
      await wait(pauseMs * attempt, undefined, signal === undefined ? {} : { signal })
    }
  }
}
