import { builtInColumnTypes } from '@opslayer/core/values'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { RowSource, SourceChange } from '../../grid-state/row-source.ts'
import { createGrid } from './create-grid.ts'
import { summarising } from './summarising.ts'
import { plainGrid } from './testing/plain-grid.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A grid over rows that are summed up in so many ms, each time to how often that was asked. */
function summedGrid(answerMs: number) {
  const listeners = new Set<(change: SourceChange) => void>()
  let asked = 0
  const source: RowSource = {
    count: 3,
    row: () => undefined,
    indexOf: () => undefined,
    show: () => {},
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    load: async () => [],
    async summarise(aggregates) {
      asked += 1
      const value = asked
      await new Promise((resolve) => setTimeout(resolve, answerMs))
      return { count: 3, values: aggregates.map(() => value) }
    },
  }
  const { number } = builtInColumnTypes
  const column = { id: 'col_1', key: 'score', name: 'Score', type: number, settings: number.settings.parse({}) }
  const options = plainGrid(source, [column])
  const grid = createGrid(options)
  const summary = summarising(grid.core)
  grid.follow(summary.follow)
  grid.update({ ...options, source: { ...source } })
  return {
    choose: summary.choose,
    change: () => {
      for (const listener of listeners) listener({ kind: 'reset' })
    },
    async after(ms: number) {
      await vi.advanceTimersByTimeAsync(ms)
      return { asked, shown: grid.core.store.get().summary?.results.col_1?.value }
    },
  }
}

it('asks for no sums where no column has a function', async () => {
  const { choose, change, after } = summedGrid(1)
  choose({})
  change()
  expect(await after(60_000)).toEqual({ asked: 0, shown: undefined })
  choose({ col_1: 'sum' })
  expect(await after(1)).toEqual({ asked: 1, shown: 1 })
  choose({})
  expect(await after(1)).toEqual({ asked: 1, shown: undefined })
})

it('sums up once for changes that come close together', async () => {
  const { choose, change, after } = summedGrid(1)
  choose({ col_1: 'sum' })
  expect(await after(10)).toEqual({ asked: 1, shown: 1 })
  for (let n = 0; n < 5; n++) change()
  expect(await after(240)).toEqual({ asked: 1, shown: 1 })
  expect(await after(20)).toEqual({ asked: 2, shown: 2 })
})

it('goes on while changes come without pause, for a fifth of the time', async () => {
  const { choose, change, after } = summedGrid(200)
  choose({ col_1: 'sum' })
  await after(201)
  let last = await after(0)
  for (let n = 0; n < 55; n++) {
    change()
    last = await after(100)
  }
  expect(last).toEqual({ asked: 6, shown: 6 })
})
