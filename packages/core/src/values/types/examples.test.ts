import { describe, expect, test } from 'vitest'
import { builtInColumnTypes } from '../built-in-types.ts'
import type { AnyColumnType, ValueContext } from '../column-type.ts'

const defaults: ValueContext = { locale: 'en-US', timeZone: 'UTC', now: new Date('2026-05-01T12:00:00Z') }

describe.each(Object.values(builtInColumnTypes) as AnyColumnType[])('the examples of $id', (type) => {
  test('are at least six', () => {
    expect(type.examples.length).toBeGreaterThanOrEqual(6)
  })

  test.each(type.examples.map((example, index) => ({ example, index })))('hold: number $index', ({ example }) => {
    const settings = type.settings.parse(example.settings ?? {})
    const context = { ...defaults, ...example.context }
    const parsed = type.parse(example.input, settings, context)
    if ('refused' in example) {
      expect(parsed).toEqual({ ok: false, reason: example.refused })
      return
    }
    expect(parsed).toEqual({ ok: true, value: example.value })
    if (example.value === null) return
    expect(type.format(example.value, settings, context)).toBe(example.text)
    expect(type.parse(example.value, settings, context)).toEqual({ ok: true, value: example.value })
    expect(type.parse(type.toCsv(example.value, settings), settings, context)).toEqual({
      ok: true,
      value: example.value,
    })
  })
})
