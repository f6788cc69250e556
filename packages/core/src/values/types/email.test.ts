import { expect, test } from 'vitest'
import { parseWith } from '../testing/parse-with.ts'
import { emailType } from './email.ts'

test.each([
  ["o'brien+x@acme.co.uk", "o'brien+x@acme.co.uk"],
  ['<ADA@ACME.COM>', 'ada@acme.com'],
  ['ada@acme.com;', 'ada@acme.com'],
  ['jürgen@büro.de', 'jürgen@xn--bro-hoa.de'],
])('reads %s as %s', (input, value) => {
  expect(parseWith(emailType, input)).toBe(value)
})

test.each([
  '@acme.com',
  'a@',
  'a@b',
  'a b@acme.com',
  'a..b@acme.com',
  '.a@acme.com',
  'a@-acme.com',
  'a@acme.c',
  'a@1.2.3.4',
  `${'a'.repeat(65)}@acme.com`,
])('refuses %s', (input) => {
  expect(parseWith(emailType, input)).toBeInstanceOf(Error)
})
