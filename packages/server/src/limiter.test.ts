import { expect, it } from 'vitest'
import { countStreams } from './events/stream-count.ts'
import { createLimiter } from './limiter.ts'

it('takes a limit that is undefined for one that is left out', () => {
  const limiter = createLimiter({ concurrent: undefined, perSecond: undefined, burst: undefined })
  const most = (begin: () => unknown): number => {
    for (let begun = 0; ; begun += 1) {
      try {
        if (begun > 20_000) return begun
        begin()
      } catch {
        return begun
      }
    }
  }
  expect(most(() => limiter.begin('acme user:ann', 1_000))).toBe(64)
  expect(most(() => limiter.begin('acme user:bob', 1_000)())).toBe(300)
  const streams = countStreams({ perActor: undefined, inAll: undefined })
  expect(most(() => streams.begin('acme user:ann'))).toBe(20)
})
