import { afterEach, describe, expect, it, vi } from 'vitest'
import { type BlockCache, createBlockCache } from './block-cache.ts'
import { evenBlocks } from './block-layout.ts'

/** A store of rows somewhere else, which answers when it is told to, in any order. */
function remote(
  options: { count?: number; maxBlocks?: number; isElsewhere?: (row: string, index: number) => boolean } = {},
) {
  const asked: { first: number; signal: AbortSignal; answer(prefix?: string): void; fail(): void }[] = []
  const rows: string[] = []
  const faults: unknown[] = []
  let renewals = 0
  const { count = 100_000 } = options
  const cache: BlockCache<string> = createBlockCache<string>({
    layout: evenBlocks(10),
    retryMs: 1_000,
    ...options,
    load: ({ first, size }, signal) =>
      new Promise((resolve, reject) => {
        const length = Math.max(0, Math.min(size, count - first))
        asked.push({
          first,
          signal,
          answer: (prefix = 'row') => resolve(Array.from({ length }, (_, i) => `${prefix} ${first + i}`)),
          fail: () => reject(new Error('no answer')),
        })
      }),
    onRows: (first, last) => rows.push(`${first}-${last}`),
    onRenewed: () => {
      renewals += 1
    },
    onFault: (error) => faults.push(error),
  })
  const open = () => asked.filter(({ signal }) => !signal.aborted).map(({ first }) => first)
  const answer = async (first: number, prefix?: string) => {
    asked.findLast((each) => each.first === first)?.answer(prefix)
    await Promise.resolve()
    await Promise.resolve()
  }
  return { cache, asked, rows, faults, open, answer, renewals: () => renewals }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('createBlockCache', () => {
  it('reads what is looked at, then what comes next', async () => {
    const { cache, open, answer, rows } = remote()
    cache.show([{ first: 0, last: 8 }])
    expect(open()).toEqual([0])
    await answer(0)
    expect(open()).toEqual([0, 10])
    expect(cache.get(3)).toBe('row 3')
    expect(cache.get(12)).toBeUndefined()
    expect(rows).toEqual(['0-9'])
  })

  it('gives up reads of rows that are no longer looked at where others need their place', () => {
    const { cache, asked, open } = remote()
    cache.show([{ first: 0, last: 18 }])
    cache.show([{ first: 5_000, last: 5_018 }])
    expect(asked.filter(({ signal }) => signal.aborted).map(({ first }) => first)).toEqual([0])
    expect(open()).toEqual([10, 5_000, 5_010])
    cache.show([{ first: 9_000, last: 9_018 }])
    expect(open()).toEqual([5_010, 9_000, 9_010])
  })

  it('takes no answer that comes after it was given up', async () => {
    const { cache, answer, rows } = remote()
    cache.show([{ first: 0, last: 18 }])
    cache.show([{ first: 5_000, last: 5_018 }])
    await answer(0)
    expect(rows).toEqual([])
    expect(cache.get(0)).toBeUndefined()
  })

  it('keeps what is shown until what takes its place is whole', async () => {
    const { cache, answer, renewals } = remote()
    cache.show([{ first: 5, last: 14 }])
    await answer(0)
    await answer(10)
    cache.invalidate()
    await answer(0, 'new')
    expect(cache.get(5)).toBe('row 5')
    expect(cache.get(14)).toBe('row 14')
    await answer(10, 'new')
    expect([cache.get(5), cache.get(14), renewals()]).toEqual(['new 5', 'new 14', 1])
  })

  it('takes no answer of before an invalidation', async () => {
    const { cache, asked, answer } = remote()
    cache.show([{ first: 0, last: 8 }])
    const before = asked[0]
    cache.invalidate()
    before?.answer('old')
    await answer(0, 'new')
    expect(cache.get(0)).toBe('new 0')
  })

  it('forgets what was not looked at for longest', async () => {
    const { cache, answer } = remote({ maxBlocks: 3 })
    for (const first of [0, 100, 200, 300]) {
      cache.show([{ first: first, last: first + 5 }])
      await answer(first)
    }
    expect(cache.get(0)).toBeUndefined()
    expect(cache.get(300)).toBe('row 300')
  })

  it('tries again what failed while it is looked at', async () => {
    vi.useFakeTimers()
    const { cache, asked, faults, answer } = remote()
    cache.show([{ first: 0, last: 8 }])
    asked[0]?.fail()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(faults).toHaveLength(1)
    await answer(0)
    expect(cache.get(0)).toBe('row 0')
  })

  it('waits for rows that nobody looks at, and stops when told to', async () => {
    const { cache, answer } = remote()
    const reading = cache.read(8, 21)
    await answer(0)
    await answer(10)
    await answer(20)
    expect(await reading).toHaveLength(14)
    const controller = new AbortController()
    controller.abort(new Error('enough'))
    await expect(cache.read(50, 60, controller.signal)).rejects.toThrow('enough')
  })

  it('shows what changes without pause: an invalidation waits for the one before it, and then a little', async () => {
    vi.useFakeTimers()
    const { cache, answer, asked, renewals, open } = remote()
    cache.show([{ first: 0, last: 8 }])
    await answer(0)
    cache.invalidate()
    for (let i = 0; i < 20; i++) cache.invalidate()
    await answer(0, 'new')
    expect([cache.get(0), renewals()]).toEqual(['new 0', 1])
    const before = asked.length
    await vi.advanceTimersByTimeAsync(399)
    expect(asked).toHaveLength(before)
    await vi.advanceTimersByTimeAsync(1)
    await answer(0, 'newer')
    expect([cache.get(0), renewals(), open().at(-1)]).toEqual(['newer 0', 2, 10])
  })

  it('reads for the invalidation that waits what is looked at meanwhile', async () => {
    vi.useFakeTimers()
    const { cache, answer, renewals } = remote()
    cache.show([{ first: 0, last: 8 }])
    await answer(0)
    cache.invalidate()
    cache.invalidate()
    await answer(0, 'new')
    cache.show([{ first: 5_000, last: 5_008 }])
    await answer(5_000, 'newer')
    expect([cache.get(5_000), cache.get(0), renewals()]).toEqual(['newer 5000', undefined, 2])
  })

  it('reads all anew when a row comes a second time, since others moved it between two reads', async () => {
    const { cache, answer, renewals } = remote({ isElsewhere: (row) => row === 'moved 10' })
    cache.show([{ first: 5, last: 14 }])
    await answer(0)
    await answer(10, 'moved')
    expect(cache.get(10)).toBeUndefined()
    await answer(0, 'new')
    await answer(10, 'new')
    expect([cache.get(5), cache.get(10), renewals()]).toEqual(['new 5', 'new 10', 1])
  })

  it('changes a row in place', async () => {
    const { cache, answer, rows } = remote()
    cache.show([{ first: 0, last: 8 }])
    await answer(0)
    cache.replace(4, 'mine')
    expect(cache.get(4)).toBe('mine')
    expect(rows.at(-1)).toBe('4-4')
    expect([...cache.entries()]).toContainEqual([4, 'mine'])
  })
})
