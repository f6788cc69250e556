import { setTimeout as wait } from 'node:timers/promises'

/** Resolves after a while. @throws the signal's reason, at once */
export async function abortableSleep(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  try {
    await wait(ms, undefined, { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}
