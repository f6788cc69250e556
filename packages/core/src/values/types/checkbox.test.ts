import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { checkboxType } from './checkbox.ts'

test.each(['true', 'T', 'Y', 'on', '✔️', '☑', 'oui', 'sí', 'WAHR', 1, '1'])('%s is yes', (input) => {
  expect(parseWith(checkboxType, input)).toBe(true)
})

test.each(['false', 'N', 'off', '✗', '☐', 'non', 'FALSCH', 0, '-'])('%s is no', (input) => {
  expect(parseWith(checkboxType, input)).toBe(false)
})

test('an empty cell counts as unchecked', () => {
  const [is] = checkboxType.operators
  const context = { locale: 'en-US', timeZone: 'UTC', now: new Date(0) }
  expect(is?.test(null, false, {}, context)).toBe(true)
  expect(is?.test(null, true, {}, context)).toBe(false)
})
