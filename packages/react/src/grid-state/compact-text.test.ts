import { type AggregateId, builtInColumnTypes, type ValueContext } from '@opslayer/core/values'
import { describe, expect, it } from 'vitest'
import { compactText } from './compact-text.ts'
import type { GridColumn } from './grid-column.ts'

const values: ValueContext = { locale: 'en-US', timeZone: 'UTC', now: new Date('2026-11-20T12:00:00Z') }
const column = (type: 'number' | 'currency' | 'percent' | 'date'): GridColumn => ({
  id: type,
  key: type,
  name: type,
  type: builtInColumnTypes[type],
  settings: builtInColumnTypes[type].settings.parse({}),
})

describe('a number in short', () => {
  it.each<[Parameters<typeof column>[0], AggregateId, number | string | null, string | null]>([
    ['currency', 'sum', 624_204_375, '$624M'],
    ['currency', 'sum', '-1234567.5', '-$1.23M'],
    ['currency', 'filled', 1_250_000, '1.25M'],
    ['number', 'sum', 98_765, '98.8K'],
    ['number', 'sum', 9_999, null],
    ['number', 'sum', null, null],
    ['currency', 'filled_share', 0.5, null],
    ['percent', 'avg', 20_000, null],
    ['date', 'max', '2026-11-20', null],
  ])('of %s, %s %s is %s', (type, aggregate, value, expected) => {
    expect(compactText(column(type), { aggregate, value }, values)).toBe(expected)
  })

  it('is written the way of the locale', () => {
    const result = { aggregate: 'sum' as const, value: 624_204_375 }
    expect(compactText(column('currency'), result, { ...values, locale: 'de-DE' })).toBe('624\u00a0Mio.\u00a0$')
  })
})
