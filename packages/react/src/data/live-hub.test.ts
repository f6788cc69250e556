import { afterEach, expect, it, vi } from 'vitest'
import type { LiveCalls, LiveEvent } from './client/live-calls.ts'
import { createLiveHub } from './live-hub.ts'

type Stream = Parameters<LiveCalls['changes']['subscribe']>[1]

/** Streams as tRPC gives them: one that has failed for good is never opened again by itself. */
function server() {
  const streams: Stream[] = []
  const live: LiveCalls = {
    changes: {
      subscribe(_input, stream) {
        streams.push(stream)
        return { unsubscribe: () => {} }
      },
    },
    run: { subscribe: () => ({ unsubscribe: () => {} }) },
  }
  return { live, streams }
}

afterEach(() => void vi.useRealTimers())

it('opens a stream anew that has failed for good, later and later until one stands', () => {
  vi.useFakeTimers()
  const { live, streams } = server()
  const hub = createLiveHub(live)
  const events: LiveEvent['type'][] = []
  const stop = hub.follow(({ type }) => events.push(type))
  const waits: number[] = []
  for (let n = 0; n < 8; n += 1) {
    streams.at(-1)?.onError?.(new Error('503'))
    expect(hub.connection()).toBe('connecting')
    const [opened, begun] = [streams.length, Date.now()]
    vi.advanceTimersToNextTimer()
    expect(streams).toHaveLength(opened + 1)
    waits.push(Date.now() - begun)
  }
  expect(waits).toEqual(waits.toSorted((one, other) => one - other))
  expect(waits.at(-1)).toBe(30_000)
  streams.at(-1)?.onData({ data: { type: 'ready' } })
  expect([hub.connection(), events]).toEqual(['open', ['ready']])
  streams.at(-1)?.onComplete?.()
  vi.advanceTimersByTime(waits[0] ?? 0)
  expect(streams).toHaveLength(10)
  streams.at(-1)?.onError?.(new Error('503'))
  stop()
  vi.runAllTimers()
  expect([streams.length, hub.connection()]).toEqual([10, 'idle'])
})
