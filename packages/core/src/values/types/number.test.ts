import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainDecimal } from '../decimal.ts'
import { parseWith } from '../testing/parse-with.ts'
import { numberType } from './number.ts'

const read = (input: unknown, locale = 'en-US') => parseWith(numberType, input, {}, { locale })

describe('number', () => {
  test.each([
    ['1,234', 'en-US', 1234],
    ['1,234', 'de-DE', 1.234],
    ['1,5', 'en-US', 1.5],
    ['1.234.567', 'en-US', 1234567],
    ['1,234,567.8', 'de-DE', 1234567.8],
    ['12,34,567.5', 'en-IN', 1234567.5],
    ["1'234.5", 'de-CH', 1234.5],
    ['1 234,5', 'pl-PL', 1234.5],
    ['١٬٢٣٤٫٥', 'ar-EG', 1234.5],
    ['−5', 'sv-SE', -5],
    ['+5', 'en-US', 5],
    ['5-', 'en-US', -5],
    ['.5', 'en-US', 0.5],
    ['5.', 'en-US', 5],
    ['0.125', 'de-DE', 0.125],
    ['-1.2340', 'de-DE', -1.234],
    ['2.5M', 'en-US', 2500000],
    ['3 bn', 'en-US', 3e9],
    ['1e-7', 'en-US', 1e-7],
    ['-0', 'en-US', 0],
    [9007199254740991, 'en-US', 9007199254740991],
    ['0.30000000000000004', 'en-US', 0.30000000000000004],
  ])('reads %j under %s as %d', (input, locale, value) => {
    expect(read(input, locale)).toBe(value)
  })

  test.each(
    ['1,23,45', '1.2.3', '12 34', '1,,2', '--5', '5 %', '$5', '0x10', '1e', '', '()', '5 kk', true, '1_000'].filter(
      Boolean,
    ),
  )('refuses %j', (input) => {
    expect(read(input)).toBeInstanceOf(Error)
  })

  test('keeps every decimal of 15 digits and refuses what it would have to round', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999_999_999 }),
        fc.integer({ min: 0, max: 30 }),
        (digits, places) => {
          const text = `${digits}e-${places}`
          const value = read(text)
          expect(value).toBe(Number(text))
          expect(read(plainDecimal(Number(text)).replace(/(\.\d{3})$/, '$10'))).toBe(value)
        },
      ),
    )
    expect(read('0.1234567890123456789')).toBeInstanceOf(Error)
    expect(read('12345678901234567')).toBeInstanceOf(Error)
  })
})
