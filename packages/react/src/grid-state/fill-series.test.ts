import type { Json } from '@opslayer/core/values'
import { describe, expect, it } from 'vitest'
import { fillSeries } from './fill-series.ts'

const cases: readonly [string, string, readonly Json[], readonly Json[]][] = [
  ['copies a single number', 'number', [5], [5, 5, 5]],
  ['goes on with even steps', 'number', [1, 2], [3, 4, 5]],
  ['goes down and keeps decimals exact', 'currency', [0.3, 0.2], [0.1, 0, -0.1]],
  ['repeats numbers without a common step', 'number', [1, 2, 4], [1, 2, 4]],
  ['counts days from a single date', 'date', ['2026-02-27'], ['2026-02-28', '2026-03-01', '2026-03-02']],
  ['keeps a step of weeks', 'date', ['2026-01-01', '2026-01-08'], ['2026-01-15', '2026-01-22', '2026-01-29']],
  ['keeps a step of months', 'date', ['2026-01-15', '2026-02-15'], ['2026-03-15', '2026-04-15', '2026-05-15']],
  ['knows the ends of months', 'date', ['2026-01-31', '2026-02-28'], ['2026-03-31', '2026-04-30', '2026-05-31']],
  ['keeps one date that is repeated', 'date', ['2026-01-15', '2026-01-15'], ['2026-01-15', '2026-01-15', '2026-01-15']],
  [
    'keeps a step of hours',
    'datetime',
    ['2026-01-01T10:00:00.000Z', '2026-01-01T22:00:00.000Z'],
    ['2026-01-02T10:00:00.000Z', '2026-01-02T22:00:00.000Z', '2026-01-03T10:00:00.000Z'],
  ],
  ['counts texts that end in a number', 'text', ['Item 9'], ['Item 10', 'Item 11', 'Item 12']],
  ['keeps leading zeros', 'text', ['A-001', 'A-003'], ['A-005', 'A-007', 'A-009']],
  ['repeats other texts', 'text', ['a', 'b'], ['a', 'b', 'a']],
  ['repeats options, however they end', 'status', ['step_1'], ['step_1', 'step_1', 'step_1']],
  ['repeats empty cells among numbers', 'number', [1, null], [1, null, 1]],
  ['leaves a date empty beyond the calendar', 'date', ['9999-12-31'], [null, null, null]],
]

describe('fillSeries', () => {
  it.each(cases)('%s', (_title, type, seed, expected) => {
    expect(fillSeries(seed, 3, type)).toEqual(expected)
  })
})

it('ends series of moments where no year can be written any more, as it does those of days', () => {
  const seed = ['2000-01-01T00:00:00.000Z', '6000-01-01T00:00:00.000Z']
  expect(fillSeries(seed, 2, 'datetime')).toEqual([null, null])
  expect(fillSeries(seed, 3_000, 'datetime').every((moment) => moment === null)).toBe(true)
})
