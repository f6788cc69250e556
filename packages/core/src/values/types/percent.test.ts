import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { percentType } from './percent.ts'

test.each([
  ['7%', 'en-US', 0.07],
  ['0.29 %', 'en-US', 0.0029],
  ['%50', 'tr-TR', 0.5],
  ['50 Prozent', 'de-DE', 0.5],
  ['١٢٫٥٪', 'ar-EG', 0.125],
  ['−5 %', 'sv-SE', -0.05],
])('reads %s under %s as %d', (input, locale, value) => {
  expect(parseWith(percentType, input, {}, { locale })).toBe(value)
})

test('writes exact percentages to CSV', () => {
  expect([0.07, 0.29, 0.012345, 1.1, 1e-9].map((value) => percentType.toCsv(value, { decimals: null }))).toEqual([
    '7%',
    '29%',
    '1.2345%',
    '110%',
    '0.0000001%',
  ])
})
