import { type BuiltInColumnTypeId, builtInColumnTypes } from '@opslayer/core/values'
import { describe, expect, it } from 'vitest'
import type { AggregateResult } from './aggregate-result.ts'
import { aggregateText } from './aggregate-text.ts'

const context = { locale: 'de-DE', timeZone: 'UTC', now: new Date('2026-11-20T12:00:00Z') }

function text(typeId: BuiltInColumnTypeId, result: AggregateResult, settings: unknown = {}, locale = 'de-DE'): string {
  const type = builtInColumnTypes[typeId]
  const column = { id: 'c', key: 'c', name: 'C', type, settings: type.settings.parse(settings) }
  return aggregateText(column, result, { ...context, locale }).replaceAll('\u00a0', ' ')
}

describe('aggregateText', () => {
  it('reads exact decimals with their point whatever the locale, and cuts the digits of averages', () => {
    expect(text('number', { aggregate: 'sum', value: '1234.567' })).toBe('1.234,567')
    expect(text('number', { aggregate: 'avg', value: '33.3333333333333333' })).toBe('33,3333')
    expect(text('currency', { aggregate: 'max', value: '1234.5' }, { code: 'EUR' })).toBe('1.234,50 €')
  })

  it('writes counts, shares and spans of time the way of the locale', () => {
    expect(text('text', { aggregate: 'filled', value: 12480 })).toBe('12.480')
    expect(text('text', { aggregate: 'filled_share', value: 0.256 })).toBe('26 %')
    expect(text('date', { aggregate: 'range', value: '12' }, {}, 'en-US')).toBe('12 days')
    expect(text('datetime', { aggregate: 'range', value: '129600' }, {}, 'en-US')).toBe('1.5 days')
    expect(text('date', { aggregate: 'earliest', value: '2026-03-01' }, {}, 'en-US')).toContain('2026')
  })

  it('lists a distribution by its shares and says nothing of nothing', () => {
    const value = [
      { value: 'won', count: 3 },
      { value: 'gone', count: 1 },
    ]
    const settings = { options: [{ id: 'won', name: 'Won', color: 'green', group: 'done' }] }
    expect(text('status', { aggregate: 'distribution', value }, settings, 'en-US')).toBe('Won 75%, gone 25%')
    expect(text('number', { aggregate: 'avg', value: null })).toBe('')
  })
})
