import { describe, expect, it } from 'vitest'
import { aggregateCells } from './aggregate-cells.ts'

describe('aggregateCells', () => {
  it.each([
    ['filled', [1, null, 3], 2],
    ['empty', [1, null, 3], 1],
    ['filled_share', [1, null, 3, 4], 0.75],
    ['empty_share', [], null],
    ['unique', [1, 1, 'a', null], 2],
    ['checked', [true, false, null], 1],
    ['unchecked', [true, false, null], 2],
    ['sum', [1, null, 3], 4],
    ['sum', [null], null],
    ['avg', [1, null, 4], 2.5],
    ['median', [9, 1, 4, 2], 3],
    ['median', ['2026-03-01', '2026-01-01', '2026-02-01'], '2026-02-01'],
    ['min', [3, 20, 1], 1],
    ['latest', ['2026-03-01', '2026-10-01'], '2026-10-01'],
    ['range', [3, 20], 17],
    ['range', ['2026-03-01', '2026-03-13'], 12],
    ['range', ['2026-03-01T00:00:00Z', '2026-03-01T01:00:00Z'], 3600],
  ] as const)('%s of %j is %j', (aggregate, cells, value) => {
    expect(aggregateCells(cells, aggregate)).toBe(value)
  })

  it('counts values, and each of several in one cell, the commonest first', () => {
    expect(aggregateCells(['a', ['b', 'a'], null, 'b', 'b'], 'distribution')).toEqual([
      { value: 'b', count: 3 },
      { value: 'a', count: 2 },
    ])
  })
})
