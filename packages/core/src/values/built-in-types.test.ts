import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aggregateIds } from './aggregate.ts'
import { type BuiltInColumnTypeId, builtInColumnTypes } from './built-in-types.ts'
import type { AnyColumnType, ValueContext } from './column-type.ts'
import type { AnyOperator } from './operator.ts'
import { evaluatePredicate } from './testing/evaluate-predicate.ts'
import { testContext } from './testing/test-context.ts'
import { sampleSettings, storedValues } from './testing/type-samples.ts'

const types = Object.entries(builtInColumnTypes) as unknown as readonly (readonly [
  BuiltInColumnTypeId,
  AnyColumnType,
])[]
const contexts: readonly ValueContext[] = [
  testContext,
  { ...testContext, locale: 'de-DE', timeZone: 'Europe/Berlin' },
  { ...testContext, locale: 'fr-FR', timeZone: 'America/New_York' },
  { ...testContext, locale: 'ar-EG', timeZone: 'Asia/Kolkata' },
]

const cyclic: Record<string, unknown> = {}
cyclic.self = cyclic
const revoked = Proxy.revocable({}, {})
revoked.revoke()
const hostile: readonly unknown[] = [
  Symbol('x'),
  10n ** 400n,
  () => 1,
  cyclic,
  [cyclic, cyclic],
  revoked.proxy,
  new Date(Number.NaN),
  Number.NaN,
  -0,
  5e-324,
  1.7976931348623157e308,
  'a'.repeat(1_500_000),
  '1'.repeat(100_000),
  '('.repeat(5_000),
  '"'.repeat(5_000),
  '[1]'.repeat(5_000),
  '['.repeat(50_000),
  ' '.repeat(900_000),
  ', '.repeat(20_000),
  '1h '.repeat(300),
  'a@'.repeat(500),
  '\ud800',
  '\0',
  JSON.parse('{"__proto__":{"a":1},"constructor":2}'),
  {
    toString: () => {
      throw new Error('no')
    },
    get name() {
      throw new Error('no')
    },
  },
  new Map([[1, 2]]),
  Object.create(null),
  new Array(10),
  new Uint8Array(3),
]
const oddText = fc.string({
  unit: fc.constantFrom(...'0123456789.,:;-+/()$€%@<>[]{}"\' \n\0hmkTZaeé年☆★\u202f\ud800'),
  maxLength: 24,
})
const anyInput = fc.oneof(
  oddText,
  fc.string({ unit: 'binary' }),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
)

test('ids are their keys', () => {
  expect(types.map(([, type]) => type.id)).toEqual(types.map(([id]) => id))
})

describe.each(types)('%s', (id, type) => {
  const settings: unknown = sampleSettings(id)

  test('is frozen, described, and takes no unknown settings', () => {
    expect(Object.isFrozen(type)).toBe(true)
    expect(type.description).toMatch(/\.$/)
    expect(type.settings.safeParse({}).success).toBe(true)
    expect(type.settings.safeParse({ nonsense: 1 }).success).toBe(false)
    expect(type.settings.parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings)
    expect(new Set(type.operators.map((operator) => operator.id)).size).toBe(type.operators.length)
    expect(type.aggregates.every((aggregate) => aggregateIds.includes(aggregate))).toBe(true)
  })

  test('never throws, gives no empty text or list, and reads its own values back', () => {
    const check = (input: unknown, context: ValueContext) => {
      const parsed = type.parse(input, settings, context)
      if (!parsed.ok) {
        expect(parsed.reason).not.toBe('')
        expect(parsed.reason.length).toBeLessThan(250)
        return
      }
      expect(parsed.value).not.toBe('')
      expect(parsed.value).not.toEqual([])
      if (parsed.value === null) return
      expect(type.parse(parsed.value, settings, context)).toEqual(parsed)
      expect(typeof type.format(parsed.value, settings, context)).toBe('string')
    }
    for (const input of hostile) check(input, testContext)
    fc.assert(fc.property(anyInput, fc.constantFrom(...contexts), check), { numRuns: 400, seed: 5 })
  })

  test('reads its CSV text back under every locale', () => {
    fc.assert(
      fc.property(storedValues(id), fc.constantFrom(...contexts), (value, context) => {
        expect(type.parse(type.toCsv(value, settings), settings, context)).toEqual({ ok: true, value })
      }),
      { numRuns: 200, seed: 6 },
    )
  })

  test('has a total order', () => {
    const compare = (a: unknown, b: unknown) => Math.sign(type.compare(a, b, settings))
    fc.assert(
      fc.property(storedValues(id), storedValues(id), storedValues(id), (a, b, c) => {
        expect(compare(a, a)).toBe(0)
        expect(compare(a, b) + compare(b, a)).toBe(0)
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 150, seed: 7 },
    )
  })

  test.each(type.operators.map((operator) => [operator.id, operator] as const))(
    '%s: test and predicate agree',
    (_, operator) => {
      fc.assert(
        fc.property(
          operandInputs(id, operator),
          fc.option(storedValues(id)),
          fc.constantFrom(...contexts),
          (input, cell, context) => {
            const operand = operator.operand(settings, context).safeParse(input)
            if (!operand.success) return
            const again = operator.operand(settings, context).safeParse(operand.data)
            expect(again).toEqual({ success: true, data: operand.data })
            const predicate = operator.predicate(operand.data, settings, context)
            expect(operator.test(cell, operand.data, settings, context)).toBe(evaluatePredicate(predicate, cell))
            if (cell === null && /not|none|lacks|empty/.test(operator.id)) {
              expect(operator.test(null, operand.data, settings, context)).toBe(operator.id !== 'is_not_empty')
            }
          },
        ),
        { numRuns: 150, seed: 8 },
      )
    },
  )
})

function operandInputs(id: BuiltInColumnTypeId, operator: AnyOperator<unknown, never>): fc.Arbitrary<unknown> {
  const value = storedValues(id)
  const part = fc.constantFrom('a', 'A', 'com', 'é', 'É', 'i̇', '0', '@', 'ß', 'Σ', ' ')
  switch (operator.operandKind) {
    case 'none':
      return fc.constantFrom(null, undefined)
    case 'value':
    case 'option':
      return value
    case 'values':
    case 'options':
      return fc.oneof(fc.array(value, { maxLength: 4 }), value)
    case 'range':
      return fc.oneof(fc.tuple(value, value), fc.record({ from: value, to: value }))
    case 'text':
      return fc.oneof(part, value)
    case 'pattern':
      return fc.oneof(part, fc.constantFrom('^a', '[a-c]+$', '\\d', { pattern: 'A', ignoreCase: false }))
    case 'period':
      return fc.constantFrom(
        'today',
        'this week',
        'last 7 days',
        'last_30_days',
        'Next Quarter',
        'in the last 2 years',
        'this year',
        'tomorrow',
      )
    case 'span':
      return fc.constantFrom('30 days', '1 week', 'more than 2 months ago', '3_quarters')
    case 'json': {
      const path = fc.array(fc.constantFrom('a', '0', '-1', '', 'key'), { maxLength: 2 })
      return fc.oneof(
        value,
        path,
        fc.record({ path, value: fc.oneof(part, fc.integer()) }),
        fc.constantFrom('a.b', '{"a":1}', '[1'),
      )
    }
  }
}
