import { vi } from 'vitest'

/** Of what passes between two looks at the clock, so much counts at most, in ms. */
const mostMs = 5

/**
 * Makes `performance.now()` leave out the moments in which the machine does something else, for what goes by how long the
 * engine itself has taken. Until it is disposed of.
 */
export function steadyClock(): Disposable {
  const now = performance.now.bind(performance)
  let [lastMs, leftOutMs] = [now(), 0]
  return vi.spyOn(performance, 'now').mockImplementation(() => {
    const realMs = now()
    leftOutMs += Math.max(0, realMs - lastMs - mostMs)
    lastMs = realMs
    return realMs - leftOutMs
  })
}
