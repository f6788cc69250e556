import { expect, it, vi } from 'vitest'
import { paced } from './paced.ts'

it('does work at once when told to, and otherwise once for all who ask in a pause that depends on how long it took', async () => {
  vi.useFakeTimers()
  try {
    let done = 0
    const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 10))
    const work = paced(() => pause().then(() => void done++), { paceMs: (tookMs) => 100 * tookMs, apartMs: 5 })
    for (let i = 0; i < 20; i++) work.ask()
    await vi.advanceTimersByTimeAsync(20)
    expect(done).toBe(1)
    work.ask()
    await vi.advanceTimersByTimeAsync(900)
    expect(done).toBe(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(done).toBe(2)
    const now = work.now()
    work.ask()
    await vi.advanceTimersByTimeAsync(15)
    await now
    expect(done).toBe(3)
    await vi.advanceTimersByTimeAsync(1_100)
    expect(done).toBe(4)
  } finally {
    vi.useRealTimers()
  }
})
