import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { companyType } from './company.ts'

test.each([
  ['careers.acme.com', 'acme.com'],
  ['Acme <info@acme.com>', 'acme.com'],
  ['https://user.github.io/x', 'user.github.io'],
  ['gmail.com', 'gmail.com'],
  ['müller.de', 'xn--mller-kva.de'],
])('reads %s as %s', (input, value) => {
  expect(parseWith(companyType, input)).toBe(value)
})

test.each(['acme', 'co.uk', 'localhost', 'Acme, Inc.', 'v1.2', '192.168.0.1', 'a@outlook.com'])(
  'refuses %s',
  (input) => {
    expect(parseWith(companyType, input)).toBeInstanceOf(Error)
  },
)
