import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayNumber, isoDate } from './calendar-date.ts'
import {
  type PeriodUnit,
  printDaySpan,
  printRelativePeriod,
  readDaySpan,
  readRelativePeriod,
  resolvePeriod,
} from './relative-period.ts'

/** A Friday. */
const today = { year: 2026, month: 5, day: 1 }

describe('a relative period', () => {
  test.each([
    ['today', '2026-05-01', '2026-05-01'],
    ['Yesterday', '2026-04-30', '2026-04-30'],
    ['tomorrow', '2026-05-02', '2026-05-02'],
    ['this week', '2026-04-27', '2026-05-03'],
    ['last week', '2026-04-20', '2026-04-26'],
    ['next_month', '2026-06-01', '2026-06-30'],
    ['this quarter', '2026-04-01', '2026-06-30'],
    ['last quarter', '2026-01-01', '2026-03-31'],
    ['last year', '2025-01-01', '2025-12-31'],
    ['in the last 7 days', '2026-04-25', '2026-05-01'],
    ['next 2 weeks', '2026-05-01', '2026-05-14'],
    ['last_3_months', '2026-02-02', '2026-05-01'],
    ['last 1 day', '2026-05-01', '2026-05-01'],
  ])('%s is %s to %s', (text, from, to) => {
    const period = readRelativePeriod(text)
    expect(period).not.toBeNull()
    if (period === null) return
    const range = resolvePeriod(period, today)
    expect([isoDate(range.from), isoDate(range.to)]).toEqual([from, to])
    expect(readRelativePeriod(printRelativePeriod(period))).toEqual(period)
  })

  test.each(['', 'last 0 days', 'this 2 weeks', 'last 1001 days', 'sometime', 'last weekend', 'constructor'])(
    '%j is none',
    (text) => {
      expect(readRelativePeriod(text)).toBeNull()
    },
  )

  test('this, last and next follow each other without a gap', () => {
    const unit = fc.constantFrom<PeriodUnit>('day', 'week', 'month', 'quarter', 'year')
    const day = fc.record({
      year: fc.integer({ min: 1990, max: 2050 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
    })
    fc.assert(
      fc.property(unit, day, (of, on) => {
        const [last, current, next] = (['last', 'this', 'next'] as const).map((which) =>
          resolvePeriod({ which, unit: of }, on),
        )
        if (!last || !current || !next) throw new Error('three periods')
        expect(dayNumber(current.from)).toBe(dayNumber(last.to) + 1)
        expect(dayNumber(next.from)).toBe(dayNumber(current.to) + 1)
        expect(dayNumber(current.from)).toBeLessThanOrEqual(dayNumber(on))
        expect(dayNumber(current.to)).toBeGreaterThanOrEqual(dayNumber(on))
      }),
    )
  })
})

test('a span of days reads and prints', () => {
  expect(readDaySpan('more than 30 days ago')).toEqual({ count: 30, unit: 'day' })
  expect(printDaySpan({ count: 2, unit: 'week' })).toBe('2_weeks')
  expect(readDaySpan('2_weeks')).toEqual({ count: 2, unit: 'week' })
  expect(readDaySpan('days')).toBeNull()
})
