const firstMs = 250
const longestMs = 20_000

/**
 * Wait before the attempt after `attempt`, in milliseconds: anything up to a bound that doubles, so that processes which
 * failed together do not come back together.
 *
 * @param random from 0 to 1
 */
export function backoffMs(attempt: number, random: number): number {
  return Math.round(Math.min(longestMs, firstMs * 2 ** attempt) * (0.5 + random / 2))
}
