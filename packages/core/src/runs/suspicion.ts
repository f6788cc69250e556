/** Takeovers in a row at one place after which something is put behind everything else, or given up. */
const mostTakeovers = 3

/** What becomes of work over which processes have ended. */
export type Suspicion =
  /** It is done; if it is what ends processes, the next one counts that. */
  | 'do'
  /** Everything else goes first: it may have been chance, and chance does not strike twice. */
  | 'defer'
  /** It is not done any more. */
  | 'give-up'

/**
 * Whether what is in hand is done, though processes have ended over it. What stands alone is put behind the rest once before it
 * is given up, so that processes that are killed again and again for reasons of their own blame nobody.
 *
 * @param takeovers since the last step that was committed
 * @param isDeferred whether it was put behind the rest already, or cannot be
 */
export function suspicionOf(takeovers: number, isDeferred: boolean): Suspicion {
  if (takeovers < mostTakeovers) return 'do'
  return isDeferred ? 'give-up' : 'defer'
}

/** The same for what is one piece, such as a task: it has as many tries. */
export function isGivenUpWhole(takeovers: number): boolean {
  return takeovers >= 2 * mostTakeovers - 1
}
