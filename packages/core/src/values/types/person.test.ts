import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { personType } from './person.ts'

test.each([
  ['ada@acme.com <ADA@acme.com>', 'ada@acme.com'],
  ['<ada@acme.com>', 'ada@acme.com'],
  ['  "Ada"  ', 'Ada'],
  ['Ada\nLovelace', 'Ada Lovelace'],
  ['""', null],
])('reads %j as %j', (input, value) => {
  expect(parseWith(personType, input)).toBe(value)
})

test('takes people as CRMs hand them over', () => {
  expect(parseWith(personType, { id: 1, name: null, email: 'ada@acme.com' })).toBe('ada@acme.com')
  expect(parseWith(personType, { name: 'Ada' })).toBe('Ada')
  expect(parseWith(personType, { id: 1 })).toBeInstanceOf(Error)
})
