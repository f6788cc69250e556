import { pause } from './write-queue.ts'

export interface ReadAgainOptions {
  /** Whether a failure may pass. */
  readonly isPassing: (error: unknown) => boolean
  /** What the pauses are measured by, in ms. */
  readonly retryMs: number
  readonly signal: AbortSignal
}

/** In times of `retryMs`: somebody waits for the answer, so the first one is short. */
const pauses = [0.25, 1, 2]

/** Reads, and reads again while that failed for now. @throws what the read throws in the end */
export async function readAgain<Answer>(
  read: () => Promise<Answer>,
  { isPassing, retryMs, signal }: ReadAgainOptions,
): Promise<Answer> {
  for (const times of pauses) {
    try {
      return await read()
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error
    }
    await pause(times * retryMs, signal)
  }
  return await read()
}
