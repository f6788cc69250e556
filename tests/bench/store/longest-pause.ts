/**
 * The longest time for which `work` kept the main thread from doing anything else, in milliseconds. Counts the time
 * that this thread computed, so that other processes on a busy machine do not count as ours.
 */
export async function longestPause(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let last = computedMs()
  const tick = (): void => {
    const now = computedMs()
    longest = Math.max(longest, now - last)
    last = now
  }
  const ticking = setInterval(tick, 1)
  try {
    await work()
    tick()
  } finally {
    clearInterval(ticking)
  }
  return longest
}

function computedMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
