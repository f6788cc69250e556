import { describe, expect, it } from 'vitest'
import { addDays, addMonths, monthOf } from './month-days.ts'

describe('monthOf', () => {
  it('lays a month out in whole weeks, with days of its neighbours', () => {
    const { weeks } = monthOf('2026-02-15', 1)
    expect(weeks).toHaveLength(5)
    expect(weeks[0]).toEqual([
      '2026-01-26',
      '2026-01-27',
      '2026-01-28',
      '2026-01-29',
      '2026-01-30',
      '2026-01-31',
      '2026-02-01',
    ])
    expect(weeks.at(-1)?.at(-1)).toBe('2026-03-01')
  })

  it('begins weeks on the day that the locale does', () => {
    expect(monthOf('2026-02-15', 0).weeks).toHaveLength(4)
    expect(monthOf('2026-02-15', 0).weeks[0]?.[0]).toBe('2026-02-01')
  })
})

describe('calendar steps', () => {
  it('goes over the ends of months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29')
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
  })
})
