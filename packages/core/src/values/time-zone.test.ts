import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantOf, localAt, localDay } from './time-zone.ts'

const at = (text: string, zone: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = (text.match(/\d+/g) ?? []).map(Number)
  return new Date(instantOf({ year, month, day }, { hour, minute, second: 0, millisecond: 0 }, zone)).toISOString()
}

describe('instantOf', () => {
  test.each([
    ['2025-10-26 02:30', 'Europe/Berlin', '2025-10-26T01:30:00.000Z'],
    ['2025-03-30 02:30', 'Europe/Berlin', '2025-03-30T01:30:00.000Z'],
    ['2025-11-02 01:30', 'America/New_York', '2025-11-02T06:30:00.000Z'],
    ['2025-03-09 02:15', 'America/New_York', '2025-03-09T07:15:00.000Z'],
    ['2025-04-06 01:45', 'Australia/Lord_Howe', '2025-04-05T15:15:00.000Z'],
    ['2011-12-30 12:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
    ['2026-01-07 13:30', 'Asia/Kolkata', '2026-01-07T08:00:00.000Z'],
  ])('%s in %s is %s', (local, zone, instant) => {
    expect(at(local, zone)).toBe(instant)
  })

  test('undoes localAt except in a repeated hour, where it gives the later moment', () => {
    const moment = fc.date({ min: new Date('1990-01-01Z'), max: new Date('2035-01-01Z'), noInvalidDate: true })
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Asia/Tehran',
      'Africa/Casablanca',
      'UTC',
    )
    fc.assert(
      fc.property(moment, zone, (date, timeZone) => {
        const local = localAt(date.getTime(), timeZone)
        const again = instantOf(local, local, timeZone)
        expect(again).toBeGreaterThanOrEqual(date.getTime())
        expect(localAt(again, timeZone)).toEqual(local)
      }),
      { numRuns: 500 },
    )
  })
})

test('localDay knows years before the first', () => {
  expect(localDay(Date.parse('0001-01-01T02:00:00Z'), 'America/New_York')).toMatchObject({
    year: 0,
    month: 12,
    day: 31,
  })
})
