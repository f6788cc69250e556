import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { phoneType } from './phone.ts'

test.each([
  ['0171 1234567', 'DE', '+491711234567'],
  ['+44 20 7946 0958', null, '+442079460958'],
  ['1-800-356-9377', 'US', '+18003569377'],
  ['(0)30-901820', 'DE', '+4930901820'],
])('reads %s in a column of %s as %s', (input, defaultCountry, value) => {
  expect(parseWith(phoneType, input, { defaultCountry })).toBe(value)
})

test.each(['12', '+999 12345678', '++1', 'phone: 123', '+1 415 555'])('refuses %s', (input) => {
  expect(parseWith(phoneType, input, { defaultCountry: 'US' })).toBeInstanceOf(Error)
})

test('knows no country of that name', () => {
  expect(phoneType.settings.safeParse({ defaultCountry: 'XX' }).success).toBe(false)
})
