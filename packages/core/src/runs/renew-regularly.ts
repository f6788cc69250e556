/**
 * Renews a claim four times in the time that it holds, one renewal after another, while the work on it takes its time.
 *
 * @param renew throws nothing
 * @returns stops it, once the renewal under way has ended
 */
export function renewRegularly(leaseMs: number, renew: () => Promise<void>): () => Promise<void> {
  let renewing: Promise<void> | undefined
  const timer = setInterval(() => {
    renewing ??= renew().finally(() => {
      renewing = undefined
    })
  }, leaseMs / 4)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await renewing
  }
}
