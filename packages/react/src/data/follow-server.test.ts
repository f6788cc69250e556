import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, it, vi } from 'vitest'
import type { LiveCalls, LiveChange, LiveEvent } from './client/live-calls.ts'
import { followServer } from './follow-server.ts'
import { createLiveHub } from './live-hub.ts'
import { queryKeys } from './query-keys.ts'

type Listener = Parameters<LiveCalls['changes']['subscribe']>[1]

/** A server that can be away, and its stream of changes. */
function server() {
  let listener: Listener | undefined
  let [isAway, answers] = [false, 0]
  const live: LiveCalls = {
    changes: {
      subscribe(_input, options) {
        listener = options
        return { unsubscribe: () => {} }
      },
    },
    run: { subscribe: () => ({ unsubscribe: () => {} }) },
  }
  return {
    live,
    read: async () => {
      if (isAway) throw new Error('The server cannot be reached.')
      answers += 1
      return answers
    },
    tell: (data: LiveEvent) => listener?.onData({ data }),
    leave() {
      isAway = true
    },
    cutStream() {
      listener?.onConnectionStateChange?.({ state: 'connecting', error: null })
    },
    come() {
      isAway = false
      listener?.onConnectionStateChange?.({ state: 'pending', error: null })
    },
  }
}

const change: LiveChange = {
  kind: 'table',
  tableId: 'tbl_1',
  operation: 'op_1',
  actor: { type: 'user', id: 'u1' },
  rows: null,
  columns: null,
}

it('reads what failed again once the server is back, and nothing else', async () => {
  const { live, read, tell, leave, cutStream, come } = server()
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } })
  const stop = followServer(createLiveHub(live), queryClient)
  const tables = new QueryObserver(queryClient, { queryKey: queryKeys.tables, queryFn: read })
  const schedules = new QueryObserver(queryClient, { queryKey: queryKeys.schedules, queryFn: read })
  const ends = [tables.subscribe(() => {}), schedules.subscribe(() => {})]
  await expect.poll(() => [tables.getCurrentResult().data, schedules.getCurrentResult().data]).toEqual([1, 2])

  leave()
  tell({ type: 'changes', changes: [change] })
  await expect.poll(() => tables.getCurrentResult().status).toBe('error')
  cutStream()
  come()
  await expect.poll(() => tables.getCurrentResult().data).toBe(3)
  expect(schedules.getCurrentResult().data).toBe(2)
  for (const end of [...ends, stop]) end()
})

it('reads at once what changed, and once more for all that follows within a second', { timeout: 10_000 }, async () => {
  vi.useFakeTimers()
  const { live, read, tell } = server()
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  const stop = followServer(createLiveHub(live), queryClient)
  const tables = new QueryObserver(queryClient, { queryKey: queryKeys.tables, queryFn: read })
  const end = tables.subscribe(() => {})
  const readsAfter = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms)
    return tables.getCurrentResult().data
  }
  expect(await readsAfter(0)).toBe(1)
  for (let n = 0; n < 5; n++) tell({ type: 'changes', changes: [change] })
  expect(await readsAfter(900)).toBe(2)
  expect(await readsAfter(200)).toBe(3)
  expect(await readsAfter(5_000)).toBe(3)
  tell({ type: 'changes', changes: [change] })
  expect(await readsAfter(0)).toBe(4)
  for (const ended of [end, stop]) ended()
  vi.useRealTimers()
})

it('reads anew what changed while its first answer was on its way', async () => {
  const { live, tell } = server()
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  const stop = followServer(createLiveHub(live), queryClient)
  const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
  let reads = 0
  const queryFn = async () => (await answers[reads++]?.promise) ?? 'one too many'
  const tables = new QueryObserver(queryClient, { queryKey: queryKeys.tables, queryFn })
  const end = tables.subscribe(() => {})
  tell({ type: 'changes', changes: [change] })
  answers[0]?.resolve('before the change')
  await expect.poll(() => reads).toBe(2)
  answers[1]?.resolve('after it')
  await expect.poll(() => tables.getCurrentResult().data).toBe('after it')
  for (const ended of [end, stop]) ended()
})
