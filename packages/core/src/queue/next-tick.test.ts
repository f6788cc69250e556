import { expect, it } from 'vitest'
import { nextTick, nextTicks } from './next-tick.ts'

const tick = (cron: string, timeZone: string, after: string): string =>
  nextTick(cron, timeZone, new Date(after)).toISOString()

it('is due by the local time of its zone, summer and winter', () => {
  expect(tick('0 6 * * *', 'Europe/Berlin', '2026-03-28T06:00:00Z')).toBe('2026-03-29T04:00:00.000Z')
  expect(tick('0 6 * * *', 'Europe/Berlin', '2026-10-24T06:00:00Z')).toBe('2026-10-25T05:00:00.000Z')
  expect(tick('*/15 9-17 * * 1-5', 'America/New_York', '2026-11-27T22:46:00Z')).toBe('2026-11-30T14:00:00.000Z')
})

it('is due once where a change of clocks leaves its time out or repeats it', () => {
  const left = tick('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z')
  expect(left.slice(0, 10)).toBe('2026-03-29')
  expect(tick('30 2 * * *', 'Europe/Berlin', left).slice(0, 10)).toBe('2026-03-30')
  const repeated = tick('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z')
  expect(repeated.slice(0, 10)).toBe('2026-10-25')
  expect(tick('30 2 * * *', 'Europe/Berlin', repeated).slice(0, 10)).toBe('2026-10-26')
})

it('is due several times in a row, by the clocks of its zone', () => {
  const ticks = nextTicks('0 6 * * 6,0', 'Europe/Berlin', new Date('2026-10-23T00:00:00Z'), 3)
  expect(ticks.map((each) => each.toISOString())).toEqual([
    '2026-10-24T04:00:00.000Z',
    '2026-10-25T05:00:00.000Z',
    '2026-10-31T05:00:00.000Z',
  ])
})

it('refuses what is no schedule, or never due', () => {
  for (const cron of ['', '* * * *', '0 0 0 1 1 1', '61 * * * *', 'x', '0 0 30 2 *'])
    expect(() => tick(cron, 'UTC', '2026-11-29T00:00:00Z'), cron).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    )
})
