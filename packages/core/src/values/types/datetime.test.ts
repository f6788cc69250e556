import { describe, expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { testContext } from '../testing/test-context.ts'
import { datetimeType } from './datetime.ts'

const berlin = { timeZone: 'Europe/Berlin' }
const settings = datetimeType.settings.parse({})

describe('datetime', () => {
  test.each([
    ['2026-01-07 13:30:00+00', '2026-01-07T13:30:00.000Z'],
    ['2026-01-07T13:30:00.123456Z', '2026-01-07T13:30:00.123Z'],
    ['2026-01-07 13:30', '2026-01-07T12:30:00.000Z'],
    ['Jan 7 2026 1pm', '2026-01-07T12:00:00.000Z'],
    ['7 Jan 2026 at 12:05 a.m.', '2026-01-06T23:05:00.000Z'],
    ['Wed Jan 07 2026 13:30:00 GMT+0100 (Central European Standard Time)', '2026-01-07T12:30:00.000Z'],
    ['Wed, 07 Jan 2026 13:30:00 +0000', '2026-01-07T13:30:00.000Z'],
    ['2026-01-07 13:30 UTC', '2026-01-07T13:30:00.000Z'],
    ['7. Januar 2026 um 13:30 Uhr', '2026-01-07T12:30:00.000Z'],
    ['20260107T133000Z', null],
    ['today 9:00', '2026-05-01T07:00:00.000Z'],
    ['0001-01-01', null],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('reads %s in Berlin as %s', (input, value) => {
    const parsed = parseWith(datetimeType, input, {}, { ...berlin, locale: 'de-DE' })
    if (value === null) expect(parsed).toBeInstanceOf(Error)
    else expect(parsed).toBe(value)
  })

  test('compares whole days of the reader', () => {
    const is = datetimeType.operators.find((operator) => operator.id === 'is')
    const context = { ...testContext, ...berlin }
    const onDay = (value: string) => is?.test(value, '2026-03-29', settings, context)
    expect(onDay('2026-03-28T22:59:59.999Z')).toBe(false)
    expect(onDay('2026-03-28T23:00:00.000Z')).toBe(true)
    expect(onDay('2026-03-29T21:59:59.999Z')).toBe(true)
    expect(onDay('2026-03-29T22:00:00.000Z')).toBe(false)
  })

  test('resolves relative periods by now and the zone', () => {
    const within = datetimeType.operators.find((operator) => operator.id === 'within')
    const context = { ...testContext, ...berlin, now: new Date('2026-04-30T22:30:00Z') }
    expect(within?.predicate('today', settings, context)).toEqual({
      kind: 'and',
      of: [
        { kind: 'compare', op: '>=', value: '2026-04-30T22:00:00.000Z' },
        { kind: 'compare', op: '<', value: '2026-05-01T22:00:00.000Z' },
      ],
    })
  })

  test('knows no day after the last', () => {
    const context = { ...testContext, ...berlin }
    const predicate = (id: string) =>
      datetimeType.operators.find((operator) => operator.id === id)?.predicate('9999-12-31', settings, context)
    expect(predicate('after')).toEqual({ kind: 'never' })
    expect(predicate('on_or_before')).toEqual({ kind: 'not', of: { kind: 'empty' } })
  })
})
