import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { staleRows } from './stale-rows.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function opened() {
  const reads: (readonly string[])[] = []
  const answer = Promise.withResolvers<void>()
  const state = { isReading: false, isHeld: false }
  const rows = staleRows({
    isHere: () => true,
    isReading: () => state.isReading,
    async read(rowIds) {
      reads.push(rowIds)
      if (state.isHeld) await answer.promise
    },
    onTooMany: () => {},
    onFault: () => {},
    retryMs: 100,
  })
  return { rows, reads, answer, state }
}

it('asks for nothing more once it is closed, also when a read fails after that', async () => {
  const { rows, reads, answer, state } = opened()
  state.isHeld = true
  rows.add(['a'])
  await vi.advanceTimersByTimeAsync(1)
  rows.dispose()
  answer.reject(new Error('The table was closed.'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(reads).toEqual([['a']])
  expect(vi.getTimerCount()).toBe(0)
})

it('reads what changed while windows were on their way with each that arrives, until none is', async () => {
  const { rows, reads, state } = opened()
  state.isReading = true
  rows.add(['a'])
  await vi.advanceTimersByTimeAsync(1)
  rows.arrived()
  await vi.advanceTimersByTimeAsync(1)
  state.isReading = false
  rows.arrived()
  await vi.advanceTimersByTimeAsync(1)
  rows.arrived()
  await vi.advanceTimersByTimeAsync(1)
  expect(reads).toEqual([['a'], ['a'], ['a']])
})
