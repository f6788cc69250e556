import { describe, expect, it } from 'vitest'
import { latestMonths, spendGroups } from './spend-groups.ts'

const line = {
  plugin: 'reoon',
  unit: 'credit',
  tableId: 't1',
  columnId: 'c1',
  runId: 'r1',
  spent: 2,
  reserved: 0,
  items: 3,
}

describe('spend', () => {
  it('is summed up by plugin and column, the dearest first', () => {
    const groups = spendGroups([
      line,
      { ...line, runId: 'r2', columnId: null, spent: 1 },
      { ...line, runId: 'r3', spent: 5 },
      { ...line, runId: 'r4', unit: '' },
    ])
    expect(groups.map(({ columnId, spent, items }) => [columnId, spent, items])).toEqual([
      ['c1', 7, 6],
      [null, 1, 3],
    ])
  })

  it('goes by the months of the time zone', () => {
    const months = latestMonths(new Date('2026-01-31T23:30:00Z'), 'Europe/Berlin')
    expect([months[0], months[1], months[11]]).toEqual(['2026-02', '2026-01', '2025-03'])
  })
})
